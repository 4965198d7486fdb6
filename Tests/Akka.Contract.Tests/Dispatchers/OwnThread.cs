using System.Collections.Concurrent;

namespace Akka.Contract.Tests.Dispatchers;

/// <summary>A thread that does what is posted to it, in order.</summary>
public sealed class OwnThread
{
    private readonly BlockingCollection<Action> _work = [];

    public OwnThread()
    {
        var thread = new Thread(Loop) { IsBackground = true, Name = "own" };
        thread.Start();
    }

    public void Post(Action action) => _work.Add(action);

    private void Loop()
    {
        foreach (var action in _work.GetConsumingEnumerable())
            action();
    }
}
