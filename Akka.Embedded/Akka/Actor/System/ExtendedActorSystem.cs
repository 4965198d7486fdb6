namespace Akka.Actor;

/// <summary>What extensions and providers see of a system.</summary>
public abstract class ExtendedActorSystem : ActorSystem
{
    public abstract IActorRefProvider Provider { get; }

    /// <summary><c>/user</c>.</summary>
    public abstract IInternalActorRef Guardian { get; }

    public abstract IInternalActorRef LookupRoot { get; }

    /// <summary><c>/system</c>.</summary>
    public abstract IInternalActorRef SystemGuardian { get; }

    /// <summary>Creates an actor below <c>/system</c>, which outlives those below <c>/user</c>.</summary>
    public abstract IActorRef SystemActorOf(Props props, string? name = null);

    public abstract IActorRef SystemActorOf<TActor>(string? name = null)
        where TActor : ActorBase, new();

    /// <summary>Terminates without coordinated shutdown.</summary>
    public abstract void Abort();
}
