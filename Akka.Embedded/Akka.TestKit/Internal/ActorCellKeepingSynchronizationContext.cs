using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>
/// Keeps the implicit sender across the awaits of a test: what follows an <c>await</c> runs on some pool thread, where the
/// test's cell is made the current one again.
/// </summary>
internal sealed class ActorCellKeepingSynchronizationContext(ActorCell? cell) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => ThreadPool.QueueUserWorkItem(_ => Run(d, state));

    public override void Send(SendOrPostCallback d, object? state) => Run(d, state);

    private void Run(SendOrPostCallback callback, object? state)
    {
        var outerCell = ActorCell.Current;
        var outerContext = Current;
        ActorCell.Current = cell;
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        finally
        {
            ActorCell.Current = outerCell;
            SetSynchronizationContext(outerContext);
        }
    }
}
