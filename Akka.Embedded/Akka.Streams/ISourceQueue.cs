namespace Akka.Streams;

/// <summary>The entrance of a stream; every thread may offer.</summary>
public interface ISourceQueue<in T>
{
    /// <returns>What became of the element; with <see cref="OverflowStrategy.Backpressure"/>, as soon as there is room.</returns>
    /// <remarks>Faults with <see cref="StreamDetachedException"/> once the stream has ended.</remarks>
    Task<IQueueOfferResult> OfferAsync(T element);

    /// <summary>Completes when the stream has ended, and faults if it was failed.</summary>
    Task WatchCompletionAsync();
}
