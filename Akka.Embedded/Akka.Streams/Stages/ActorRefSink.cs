using Akka.Actor;
using Akka.Streams.Fused;

namespace Akka.Streams.Stages;

/// <summary>Tells each element to an actor, as fast as they come; cancels when the actor has ended.</summary>
internal sealed class ActorRefSink<T>(Island island, Connection<T> inlet, IActorRef target, object onComplete, Func<Exception, object> onFailure)
    : SinkStage<T>(island, inlet)
{
    private bool _isTold;

    public override void PreStart()
    {
        Island.Watch(target, () =>
        {
            _isTold = true;
            In.Cancel();
        });
        base.PreStart();
    }

    public override void OnPush(T element)
    {
        target.Tell(element!, ActorRefs.NoSender);
        In.Pull();
    }

    public override void OnUpstreamFinish() => End(onComplete);

    public override void OnUpstreamFailure(Exception cause) => End(onFailure(cause));

    public override void PostStop(Exception? abrupt)
    {
        if (abrupt is not null) End(onFailure(abrupt));
    }

    private void End(object message)
    {
        if (_isTold) return;
        _isTold = true;
        target.Tell(message, ActorRefs.NoSender);
    }
}
