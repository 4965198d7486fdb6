using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

public class Watch(IInternalActorRef watchee, IInternalActorRef watcher) : SystemMessage
{
    public IInternalActorRef Watchee { get; } = watchee;
    public IInternalActorRef Watcher { get; } = watcher;

    protected bool Equals(Watch other) => Watchee.Equals(other.Watchee) && Watcher.Equals(other.Watcher);
    public override bool Equals(object? obj) => obj is Watch other && Equals(other);
    public override int GetHashCode() => HashCode.Combine(Watchee, Watcher);
    public override string ToString() => $"<Watch>: {Watcher} wants to watch {Watchee}";
}
