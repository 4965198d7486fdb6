using System.Collections.Concurrent;

namespace Akka.Actor;

/// <summary>A name in the tree that is no actor but holds references, such as <c>/temp</c>.</summary>
internal sealed class VirtualPathContainer(IActorRefProvider provider, ActorPath path, IInternalActorRef parent) : MinimalActorRef
{
    private readonly ConcurrentDictionary<string, IInternalActorRef> _children = new();

    public override ActorPath Path { get; } = path;
    public override IActorRefProvider Provider { get; } = provider;
    public override IInternalActorRef Parent { get; } = parent;

    public void AddChild(string name, IInternalActorRef child) => _children[name] = child;

    public void RemoveChild(string name) => _children.TryRemove(name, out _);

    public IEnumerable<IInternalActorRef> Children => _children.Values;

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        if (name.Count == 0)
            return this;
        if (name[0].Length == 0)
            return GetChild(name.Tail());
        return _children.TryGetValue(name[0], out var child) ? child.GetChild(name.Tail()) : ActorRefs.Nobody;
    }
}
