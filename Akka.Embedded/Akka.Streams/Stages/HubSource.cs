using Akka.Streams.Fused;

namespace Akka.Streams.Stages;

internal sealed class HubSource<T>(Island island, Hub<T> hub) : SourceStage<T>(island)
{
    private Hub<T>.Consumer? _consumer;
    private int _isWoken;

    public override void PreStart()
    {
        _consumer = hub.Join(() =>
        {
            if (Interlocked.Exchange(ref _isWoken, 1) == 0) Post(PushNext);
        });
        PushNext();
    }

    public override void OnPull() => PushNext();

    public override void PostStop(Exception? abrupt)
    {
        if (_consumer is not null) hub.Leave(_consumer);
    }

    private void PushNext()
    {
        Volatile.Write(ref _isWoken, 0);
        if (Out.IsClosed) return;
        if (Out.IsAvailable && hub.TryTake(_consumer!, out var element)) Out.Push(element!);
        if (!hub.HasEndedFor(_consumer!, out var failure)) return;
        if (failure is null) Out.Complete();
        else Out.Fail(failure);
    }
}
