using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>The reference to an actor of this system.</summary>
public class LocalActorRef : InternalActorRefBase
{
    private readonly ActorCell _cell;
    private readonly ActorPath _path;

    internal LocalActorRef(ActorSystemImpl system, Props props, MessageDispatcher dispatcher, IInternalActorRef supervisor, ActorPath path)
    {
        _path = path;
        _cell = NewActorCell(system, this, props, dispatcher, supervisor);
    }

    public ActorCell Cell => _cell;
    public override ActorPath Path => _path;
    public override bool IsLocal => true;
    public override bool IsTerminated => _cell.IsTerminated;
    public override IInternalActorRef Parent => _cell.Parent;
    public override IActorRefProvider Provider => _cell.SystemImpl.Provider;

    protected virtual ActorCell NewActorCell(
        ActorSystemImpl system, IInternalActorRef self, Props props, MessageDispatcher dispatcher, IInternalActorRef supervisor) =>
        new(system, self, props, dispatcher, supervisor);

    protected override void TellInternal(object message, IActorRef sender) => _cell.Mailbox.Post(message, sender);

    public override void SendSystemMessage(ISystemMessage message) => _cell.SendSystemMessage(message);
    public override void Start() => _cell.Start();
    public override void Stop() => _cell.Stop();
    public override void Suspend() => _cell.Suspend();
    public override void Resume(Exception? causedByFailure = null) => _cell.Resume(causedByFailure);
    public override void Restart(Exception cause) => _cell.Restart(cause);

    /// <summary>The child of that name, with <c>name#uid</c> only that incarnation; Nobody if there is none.</summary>
    public virtual IInternalActorRef GetSingleChild(string name)
    {
        var hash = name.IndexOf('#');
        if (hash < 0)
            return _cell.Children.TryGet(name, out var stats) ? stats.Child : ActorRefs.Nobody;
        return long.TryParse(name.AsSpan(hash + 1), out var uid)
            && _cell.Children.TryGet(name[..hash], out var incarnation)
            && (uid == ActorCell.UndefinedUid || incarnation.Uid == uid)
                ? incarnation.Child
                : ActorRefs.Nobody;
    }

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        IInternalActorRef current = this;
        for (var i = 0; i < name.Count; i++)
        {
            if (current is not LocalActorRef local)
            {
                var rest = new ArraySegment<string>([.. name], i, name.Count - i);
                return current.GetChild(rest);
            }

            current = name[i] switch
            {
                ".." => local.Parent,
                "" => local,
                var child => local.GetSingleChild(child),
            };
            if (current.IsNobody())
                return ActorRefs.Nobody;
        }

        return current;
    }
}
