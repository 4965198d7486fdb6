using Akka.Actor;
using Akka.Streams.Fused;
using Akka.Streams.Stages;

namespace Akka.Streams.Dsl;

public static class Source
{
    /// <summary>The elements of a sequence, which is walked anew each time the stream is run.</summary>
    public static Source<T, NotUsed> From<T>(IEnumerable<T> enumerable) => Of(island => new EnumeratorSource<T>(island, enumerable));

    public static Source<T, NotUsed> Single<T>(T element) => From([element]);

    public static Source<T, NotUsed> Empty<T>() => From<T>([]);

    public static Source<T, NotUsed> Failed<T>(Exception cause) => Of(island => new FailedSource<T>(island, cause));

    /// <summary>An element each interval; one that nobody asks for is lost.</summary>
    /// <returns>A source whose value completes it.</returns>
    public static Source<T, ICancelable> Tick<T>(TimeSpan initialDelay, TimeSpan interval, T tick) => new(island =>
    {
        var stage = new TickSource<T>(island, initialDelay, interval, tick);
        return (stage.Out, stage.Cancelable);
    });

    /// <summary>A source that is fed through a queue.</summary>
    /// <param name="bufferSize">Elements; with 0 an offer waits until its element is asked for.</param>
    /// <param name="overflowStrategy">What becomes of an offer to a full queue.</param>
    public static Source<T, ISourceQueueWithComplete<T>> Queue<T>(int bufferSize, OverflowStrategy overflowStrategy)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bufferSize);
        return new(island =>
        {
            var stage = new QueueSource<T>(island, bufferSize, overflowStrategy);
            return (stage.Out, stage);
        });
    }

    /// <summary>A source that is fed by telling an actor; an element that comes too early waits in the buffer or is dropped.</summary>
    /// <exception cref="NotSupportedException">An actor cannot be made to wait: <see cref="OverflowStrategy.Backpressure"/>.</exception>
    public static Source<T, IActorRef> ActorRef<T>(int bufferSize, OverflowStrategy overflowStrategy)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bufferSize);
        if (overflowStrategy == OverflowStrategy.Backpressure)
            throw new NotSupportedException("Backpressure overflow strategy is not supported");
        return new(island =>
        {
            var stage = new ActorRefSource<T>(island, bufferSize, overflowStrategy);
            return (stage.Out, stage.Entrance);
        });
    }

    internal static Source<T, NotUsed> Of<T>(Func<Island, SourceStage<T>> stage) => new(island => (stage(island).Out, NotUsed.Instance));
}
