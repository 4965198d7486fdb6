using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Associations;

namespace Akka.Remote;

/// <summary>The reference to an actor of another system.</summary>
public class RemoteActorRef : InternalActorRefBase, IActorRefScope
{
    private readonly RemoteActorRefProvider _provider;
    private Association? _association;

    internal RemoteActorRef(RemoteActorRefProvider provider, ActorPath path)
    {
        _provider = provider;
        Path = path;
        IsTemporary = path.ToStringWithoutAddress().StartsWith("/temp/", StringComparison.Ordinal);
    }

    public override ActorPath Path { get; }

    public override bool IsLocal => false;

    public override bool IsTerminated => false;

    public override IInternalActorRef Parent => Path.Depth <= 1 ? ActorRefs.Nobody : new RemoteActorRef(_provider, Path.Parent);

    public override IActorRefProvider Provider => _provider;

    /// <summary>Whether it stands for the asker behind an Ask.</summary>
    internal bool IsTemporary { get; }

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        var path = Path;
        foreach (var element in name)
            path = element switch { "" => path, ".." => path.Parent, _ => path / element };
        return new RemoteActorRef(_provider, path);
    }

    /// <summary>Watching is the business of the remote watcher: it also notices when the whole node is gone.</summary>
    public override void SendSystemMessage(ISystemMessage message)
    {
        switch (message)
        {
            case Watch watch when IsIntercepted(watch.Watchee, watch.Watcher):
                _provider.RemoteWatcher.Tell(new WatchRemote(watch.Watchee, watch.Watcher));
                break;
            case Unwatch unwatch when IsIntercepted(unwatch.Watchee, unwatch.Watcher):
                _provider.RemoteWatcher.Tell(new UnwatchRemote(unwatch.Watchee, unwatch.Watcher));
                break;
            default:
                _provider.Remoting.SendSystem(message, this);
                break;
        }
    }

    public override void Start()
    {
    }

    /// <summary>Asks it to stop.</summary>
    public override void Stop() => SendSystemMessage(new Terminate());

    public override void Suspend()
    {
    }

    public override void Resume(Exception? causedByFailure = null)
    {
    }

    public override void Restart(Exception cause)
    {
    }

    internal Association Association(Remoting remoting) => _association ??= remoting.AssociationWith(Path.Address);

    protected override void TellInternal(object message, IActorRef sender) => _provider.Remoting.Send(message, sender, this);

    private bool IsIntercepted(IInternalActorRef watchee, IInternalActorRef watcher) =>
        watchee.Equals(this) && !watcher.Equals(_provider.RemoteWatcher);
}
