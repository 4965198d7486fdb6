using Akka.Streams.Fused;

namespace Akka.Streams.Stages;

internal sealed class BufferStage<T>(Island island, Connection<T> inlet, int size, OverflowStrategy strategy)
    : FlowStage<T, T>(island, inlet)
{
    private readonly Buffer<T> _buffer = new(size);
    private bool _finishing;

    public override void PreStart() => In.Pull();

    public override void OnPush(T element)
    {
        if (!_buffer.IsFull || _buffer.TryMakeRoom(strategy)) _buffer.Enqueue(element);
        PushNext();
    }

    public override void OnPull() => PushNext();

    public override void OnUpstreamFinish()
    {
        _finishing = true;
        PushNext();
    }

    private void PushNext()
    {
        if (Out.IsAvailable && !_buffer.IsEmpty) Out.Push(_buffer.Dequeue());
        if (_finishing && _buffer.IsEmpty) Out.Complete();
        else if (strategy != OverflowStrategy.Backpressure || !_buffer.IsFull) In.Pull();
    }
}
