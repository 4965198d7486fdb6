using System.Collections.Concurrent;

namespace Gateway.Transport.Tests;

/// <summary>A running loop for one test, its faults, and a way to act on its thread.</summary>
internal sealed class TestLoop : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public TestLoop(LoopOptions? options = null)
    {
        Loop = new Loop((options ?? new LoopOptions()) with { OnFault = (_, fault) => Faults.Enqueue(fault) });
        Loop.Start();
    }

    public Loop Loop { get; }

    public ConcurrentQueue<Exception> Faults { get; } = new();

    /// <summary>Runs <paramref name="action"/> on the loop's thread and hands back what it returns or throws.</summary>
    public Task<T> On<T>(Func<T> action)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Loop.Post(() =>
        {
            try
            {
                done.SetResult(action());
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        });
        return done.Task.WaitAsync(Patience);
    }

    public Task On(Action action) => On(() =>
    {
        action();
        return true;
    });

    public void Dispose() => Loop.Dispose();
}
