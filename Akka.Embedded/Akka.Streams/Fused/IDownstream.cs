namespace Akka.Streams.Fused;

/// <summary>The stage below an edge.</summary>
internal interface IDownstream<in T> : ICanFail
{
    void OnPush(T element);

    void OnUpstreamFinish();

    void OnUpstreamFailure(Exception cause);
}
