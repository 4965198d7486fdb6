using Akka.Streams.Fused;

namespace Akka.Streams.Stages;

internal sealed class OnCompleteSink<T>(Island island, Connection<T> inlet, Action success, Action<Exception> failure)
    : SinkStage<T>(island, inlet)
{
    private bool _isTold;

    public override void OnPush(T element) => In.Pull();

    public override void OnUpstreamFinish()
    {
        _isTold = true;
        success();
    }

    public override void OnUpstreamFailure(Exception cause)
    {
        if (_isTold) return;
        _isTold = true;
        failure(cause);
    }

    public override void PostStop(Exception? abrupt)
    {
        if (abrupt is not null && !_isTold) failure(abrupt);
    }
}
