using System.Runtime.InteropServices;
using Gateway.Node.Operator;
using Spectre.Console;

namespace Gateway.Node.Terminal.Top;

/// <summary>Asks, draws and takes keys, in turn, until the operator has seen enough. The terminal is left as it was found.</summary>
internal sealed class TopLoop(AdminClient client, IAnsiConsole console, TimeSpan every)
{
    /// <summary>How long a key may wait.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(40);

    private readonly CancellationTokenSource _ended = new();
    private TopView _view = new();
    private TopSample? _before;
    private string? _trouble;

    /// <param name="first">What there is to see at once.</param>
    public void Run(TopSample first)
    {
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
        // As a key it ends the loop, which puts the terminal in order; as a signal it would end the process at once.
        Console.TreatControlCAsInput = true;
        try
        {
            console.AlternateScreen(() => console.Live(Text.Empty).AutoClear(false).Overflow(VerticalOverflow.Crop).Start(live => Loop(first, live)));
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    private void Loop(TopSample sample, LiveDisplayContext live)
    {
        Task<TopSample>? asked = null;
        var (size, due, mustDraw) = (default((int, int)), Now + every, true);
        while (!_view.IsOver && !_ended.IsCancellationRequested)
        {
            for (; Console.KeyAvailable; mustDraw = true)
            {
                var before = _view;
                _view = _view.Press(Console.ReadKey(intercept: true), [.. sample.Nodes.Select(node => node.Node)]);
                // Other sessions are wanted at once, and there is nothing to compare them with.
                if (before.Filter != _view.Filter || before.Node != _view.Node)
                    (asked, due) = (null, Now);
            }
            if (asked is null && Now >= due && !_view.IsPaused)
                asked = TopSample.TakeAsync(client, _view, _ended.Token);
            if (asked is { IsCompleted: true })
            {
                mustDraw |= Take(asked, ref sample);
                (asked, due) = (null, Now + every);
            }
            var current = (console.Profile.Width, console.Profile.Height);
            if (mustDraw || current != size)
                Draw(live, sample, isOther: current != size);
            (size, mustDraw) = (current, false);
            Thread.Sleep(Tick);
        }
    }

    private bool Take(Task<TopSample> asked, ref TopSample sample)
    {
        try
        {
            var taken = asked.GetAwaiter().GetResult();
            if (taken.View.Filter == _view.Filter && taken.View.Node == _view.Node)
                (_before, sample) = (sample, taken);
            _trouble = null;
        }
        catch (AdminException e)
        {
            // The gateway that was looked at may be gone for good.
            if (e.ExitCode == ExitCode.Failure)
                _view = _view with { Node = null };
            _trouble = e.Message;
        }
        catch (OperationCanceledException)
        {
            // The loop has ended.
        }
        return true;
    }

    private void Draw(LiveDisplayContext live, TopSample sample, bool isOther)
    {
        if (isOther)
            console.Clear();
        var screen = new TopScreen(console.Profile.Width, console.Profile.Height);
        live.UpdateTarget(screen.Of(sample, new TopRates(_before, sample), _view, _trouble, DateTimeOffset.UtcNow));
        live.Refresh();
    }

    private static TimeSpan Now => TimeProvider.System.GetElapsedTime(0);

    private void End(PosixSignalContext context)
    {
        context.Cancel = true;
        _ended.Cancel();
    }
}
