using Akka.Streams.Fused;

namespace Akka.Streams.Stages;

internal sealed class HubSink<T>(Island island, Connection<T> inlet, Hub<T> hub) : SinkStage<T>(island, inlet)
{
    public override void PreStart() => hub.Produce(() => Post(In.Pull));

    public override void OnPush(T element) => hub.Offer(element);

    public override void OnUpstreamFinish() => hub.End(null);

    public override void OnUpstreamFailure(Exception cause) => hub.End(cause);

    public override void PostStop(Exception? abrupt)
    {
        if (abrupt is not null) hub.End(abrupt);
    }
}
