namespace Akka.Streams;

/// <summary>A queue or a switch outlived the stream that it belonged to.</summary>
public class StreamDetachedException : Exception
{
    public StreamDetachedException() : this("Stream is terminated. Materialized value is detached.")
    {
    }

    public StreamDetachedException(string message) : base(message)
    {
    }
}
