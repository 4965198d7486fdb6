using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Akka.Actor.Internal;

namespace Akka.Actor;

/// <summary>
/// The children of a cell by name. The cell changes it on its own turn, guardians and look-ups come from any thread, so every step
/// is under the lock of the container. Cells without children share <see cref="Empty"/>.
/// </summary>
internal sealed class ChildrenContainer : IEnumerable<IInternalActorRef>
{
    public static readonly ChildrenContainer Empty = new();
    public static readonly ChildrenContainer Terminated = new();

    private readonly Dictionary<string, ChildRestartStats?>? _children;
    private HashSet<IActorRef>? _dying;
    private int _alive;
    private long _numbers;

    private ChildrenContainer()
    {
    }

    private ChildrenContainer(Dictionary<string, ChildRestartStats?> children) => _children = children;

    public static ChildrenContainer Create() => new(new Dictionary<string, ChildRestartStats?>(StringComparer.Ordinal));

    /// <summary>No child; names may be reserved.</summary>
    public bool IsEmpty => Volatile.Read(ref _alive) == 0;

    /// <summary>Children that were told to stop are still there.</summary>
    public bool HasDying
    {
        get
        {
            if (_children is null)
                return false;
            lock (_children)
                return _dying is { Count: > 0 };
        }
    }

    public IReadOnlyList<IInternalActorRef> Refs
    {
        get
        {
            if (_children is null)
                return [];
            lock (_children)
            {
                if (_alive == 0)
                    return [];
                var refs = new List<IInternalActorRef>(_alive);
                foreach (var stats in _children.Values)
                {
                    if (stats is not null)
                        refs.Add(stats.Child);
                }

                return refs;
            }
        }
    }

    public IReadOnlyCollection<ChildRestartStats> Stats
    {
        get
        {
            if (_children is null)
                return [];
            lock (_children)
                return [.. _children.Values.OfType<ChildRestartStats>()];
        }
    }

    public IEnumerator<IInternalActorRef> GetEnumerator() => Refs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>For a generated name: from 0, each once.</summary>
    public long NextNumber() => Interlocked.Increment(ref _numbers) - 1;

    /// <summary>Takes the name for a child about to be made. False if it is taken.</summary>
    public bool Reserve(string name)
    {
        lock (_children!)
            return _children.TryAdd(name, null);
    }

    public void Unreserve(string name)
    {
        lock (_children!)
        {
            if (_children.TryGetValue(name, out var stats) && stats is null)
                _children.Remove(name);
        }
    }

    public void Add(IInternalActorRef child)
    {
        lock (_children!)
        {
            _children[child.Path.Name] = new ChildRestartStats(child);
            _alive++;
        }
    }

    public bool TryGet(string name, [NotNullWhen(true)] out ChildRestartStats? stats)
    {
        stats = null;
        if (_children is null)
            return false;
        lock (_children)
            return _children.TryGetValue(name, out stats) && stats is not null;
    }

    public bool TryGet(IActorRef child, [NotNullWhen(true)] out ChildRestartStats? stats)
    {
        stats = null;
        return _children is not null && child.Path is ChildActorPath path && TryGet(path.Name, out stats) && stats.Child.Equals(child);
    }

    public bool Contains(IActorRef child) => TryGet(child, out _);

    public void ShallDie(IActorRef child)
    {
        if (_children is null)
            return;
        lock (_children)
            (_dying ??= []).Add(child);
    }

    public void Remove(IActorRef child)
    {
        if (_children is null)
            return;
        lock (_children)
        {
            if (_children.Remove(child.Path.Name))
                _alive--;
            _dying?.Remove(child);
        }
    }
}
