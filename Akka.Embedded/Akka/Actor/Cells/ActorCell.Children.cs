namespace Akka.Actor;

public partial class ActorCell
{
    internal ChildrenContainer Children { get; private set; }

    public virtual IActorRef ActorOf(Props props, string? name = null) => AttachChild(props, isSystemService: false, name);

    /// <summary>Creates a child. The guardians are called from any thread.</summary>
    public virtual IActorRef AttachChild(Props props, bool isSystemService, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(props);
        if (name is not null)
            CheckName(name);
        var children = ChildrenForAdding();
        name ??= GeneratedName(children.NextNumber());
        if (!children.Reserve(name))
            throw new InvalidActorNameException($"Actor name \"{name}\" is not unique!");

        IInternalActorRef child;
        try
        {
            var path = new ChildActorPath(Self.Path, name, NewUid());
            child = SystemImpl.Provider.ActorOf(
                SystemImpl, props, (IInternalActorRef)Self, path, isSystemService, deploy: null, lookupDeploy: !isSystemService, async: false);
        }
        catch
        {
            children.Unreserve(name);
            throw;
        }

        children.Add(child);
        if (_current == this)
            child.Start();
        else
            StartFromOutside(child);
        return child;
    }

    /// <summary>Makes one of the guardians below the root, not yet started.</summary>
    internal LocalActorRef AttachGuardian(string name, Func<ActorPath, LocalActorRef> create)
    {
        var children = ChildrenForAdding();
        children.Reserve(name);
        var guardian = create(Self.Path / name);
        children.Add(guardian);
        return guardian;
    }

    IActorRef IActorContext.Child(string name) => Children.TryGet(name, out var stats) ? stats.Child : ActorRefs.Nobody;

    IEnumerable<IActorRef> IActorContext.GetChildren() => Children.Refs;

    public IEnumerable<IInternalActorRef> GetChildren() => Children.Refs;

    public void Stop(IActorRef child)
    {
        if (Children.Contains(child))
            Children.ShallDie(child);
        ((IInternalActorRef)child).Stop();
    }

    internal static string GeneratedName(long number)
    {
        const string Digits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";
        Span<char> name = stackalloc char[12];
        name[0] = '$';
        var length = 1;
        do
        {
            name[length++] = Digits[(int)(number & 63)];
            number >>= 6;
        }
        while (number > 0);
        return new string(name[..length]);
    }

    private static long NewUid() => Random.Shared.Next(1, int.MaxValue);

    private static void CheckName(string name)
    {
        if (name.Length == 0)
            throw new InvalidActorNameException("Actor name must not be empty.");
        if (!ActorPath.IsValidPathElement(name))
            throw new InvalidActorNameException(
                $"Illegal actor name [{name}]. Actor paths MUST: not start with `$`, include only ASCII letters and can only contain these special characters: {ActorPath.ValidSymbols}.");
    }

    private ChildrenContainer ChildrenForAdding()
    {
        var children = Children;
        if (children == ChildrenContainer.Terminated || IsTerminating)
            throw new InvalidOperationException($"Cannot create child while terminating or terminated: {Self}");
        if (children != ChildrenContainer.Empty)
            return children;
        lock (Mailbox)
        {
            if (Children == ChildrenContainer.Empty)
                Children = ChildrenContainer.Create();
            return Children;
        }
    }

    /// <summary>A child that came to a dying parent must not outlive it: the parent may have missed it when it stopped its children.</summary>
    private void StartFromOutside(IInternalActorRef child)
    {
        child.Start();
        if (IsTerminating || IsTerminated)
            child.Stop();
    }

    private void StopChildren()
    {
        foreach (var child in Children.Refs)
            Stop(child);
    }

    private void SuspendChildren(IActorRef? except, IReadOnlyCollection<IActorRef>? alsoExcept)
    {
        foreach (var child in Children.Refs)
        {
            if (!child.Equals(except) && alsoExcept?.Contains(child) != true)
                child.Suspend();
        }
    }
}
