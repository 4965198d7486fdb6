using System.Collections.Concurrent;
using Akka.Actor.Internal;
using Akka.Dispatch;

namespace Akka.Actor;

/// <summary><c>/</c>: besides its children it knows the names that are no actors.</summary>
public class RootGuardianActorRef : LocalActorRef
{
    private readonly ConcurrentDictionary<string, IInternalActorRef> _extraNames;

    internal RootGuardianActorRef(
        ActorSystemImpl system, Props props, MessageDispatcher dispatcher, IInternalActorRef supervisor, ActorPath path,
        ConcurrentDictionary<string, IInternalActorRef> extraNames)
        : base(system, props, dispatcher, supervisor, path) => _extraNames = extraNames;

    public override IInternalActorRef Parent => this;

    public override IInternalActorRef GetSingleChild(string name) =>
        _extraNames.TryGetValue(name, out var extra) ? extra : base.GetSingleChild(name);
}
