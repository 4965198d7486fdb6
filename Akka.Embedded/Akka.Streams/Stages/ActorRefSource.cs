using Akka.Actor;
using Akka.Streams.Fused;

namespace Akka.Streams.Stages;

/// <summary>
/// Its elements are told to an actor beside the island. <see cref="Status.Success"/> completes after the buffer, <see cref="PoisonPill"/>
/// at once, <see cref="Status.Failure"/> fails at once.
/// </summary>
internal sealed class ActorRefSource<T> : SourceStage<T>
{
    private readonly Buffer<T> _buffer;
    private readonly OverflowStrategy _strategy;
    private bool _completing;

    public ActorRefSource(Island island, int bufferSize, OverflowStrategy strategy) : base(island)
    {
        _buffer = new Buffer<T>(bufferSize);
        _strategy = strategy;
        Entrance = island.Materializer.ActorOf(Props.Create(() => new EntranceActor(this)));
    }

    public IActorRef Entrance { get; }

    public override void OnPull()
    {
        if (!_buffer.IsEmpty) Out.Push(_buffer.Dequeue());
        CompleteWhenEmpty();
    }

    public override void PostStop(Exception? abrupt) => Island.Materializer.System.Stop((IInternalActorRef)Entrance);

    private void Take(T element)
    {
        if (Out.IsClosed || _completing) return;
        if (Out.IsAvailable) Out.Push(element);
        else if (!_buffer.IsFull || (_buffer.Capacity > 0 && _buffer.TryMakeRoom(_strategy))) _buffer.Enqueue(element);
    }

    private void CompleteWhenEmpty()
    {
        if (_completing && _buffer.IsEmpty) Out.Complete();
    }

    private sealed class EntranceActor(ActorRefSource<T> source) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case T element:
                    source.Post(() => source.Take(element));
                    break;
                case Status.Success:
                    source.Post(() =>
                    {
                        source._completing = true;
                        source.CompleteWhenEmpty();
                    });
                    break;
                case Status.Failure failure:
                    source.Post(() => source.Out.Fail(failure.Cause));
                    break;
                default:
                    Unhandled(message);
                    break;
            }
        }

        protected override void PostStop() => source.Post(source.Out.Complete);
    }
}
