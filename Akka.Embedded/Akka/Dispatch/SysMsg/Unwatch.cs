using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

public sealed class Unwatch(IInternalActorRef watchee, IInternalActorRef watcher) : SystemMessage
{
    public IInternalActorRef Watchee { get; } = watchee;
    public IInternalActorRef Watcher { get; } = watcher;

    public override bool Equals(object? obj) => obj is Unwatch other && Watchee.Equals(other.Watchee) && Watcher.Equals(other.Watcher);
    public override int GetHashCode() => HashCode.Combine(Watchee, Watcher);
    public override string ToString() => $"<Unwatch>: {Watcher} wants to unwatch {Watchee}";
}
