namespace Akka.Streams;

/// <inheritdoc/>
public interface ISourceQueueWithComplete<in T> : ISourceQueue<T>
{
    /// <summary>Ends the stream after what the queue still holds.</summary>
    void Complete();

    /// <summary>Fails the stream at once.</summary>
    void Fail(Exception ex);

    /// <inheritdoc cref="ISourceQueue{T}.WatchCompletionAsync"/>
    new Task WatchCompletionAsync();
}
