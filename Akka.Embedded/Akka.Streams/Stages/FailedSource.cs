using Akka.Streams.Fused;

namespace Akka.Streams.Stages;

internal sealed class FailedSource<T>(Island island, Exception cause) : SourceStage<T>(island)
{
    public override void PreStart() => Out.Fail(cause);

    public override void OnPull()
    {
    }
}
