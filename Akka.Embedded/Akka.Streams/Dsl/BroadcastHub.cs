using Akka.Streams.Stages;

namespace Akka.Streams.Dsl;

/// <summary>The end of one stream that is the beginning of any number of others, which come and go while it runs.</summary>
public class BroadcastHub
{
    private const int DefaultBufferSize = 256;

    public static Sink<T, Source<T, NotUsed>> Sink<T>() => Sink<T>(DefaultBufferSize);

    /// <param name="bufferSize">Elements that the slowest stream may lag behind before the first one has to wait. Without any stream it
    /// waits too.</param>
    /// <returns>A sink whose value is the source to run the others from.</returns>
    public static Sink<T, Source<T, NotUsed>> Sink<T>(int bufferSize) => new((island, inlet) =>
    {
        var hub = new Hub<T>(bufferSize);
        _ = new HubSink<T>(island, inlet, hub);
        return Source.Of(consumer => new HubSource<T>(consumer, hub));
    });
}
