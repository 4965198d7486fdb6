namespace Akka.Streams.Fused;

/// <summary>The stage above an edge.</summary>
internal interface IUpstream : ICanFail
{
    void OnPull();

    void OnDownstreamFinish(Exception? cause);
}
