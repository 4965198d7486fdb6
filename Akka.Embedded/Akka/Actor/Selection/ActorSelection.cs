namespace Akka.Actor;

/// <summary>A path to send to, resolved anew by every message. It may lead to no actor, to one, or with wildcards to many.</summary>
public class ActorSelection : ICanTell
{
    public ActorSelection()
        : this(ActorRefs.Nobody, Array.Empty<SelectionPathElement>())
    {
    }

    public ActorSelection(IActorRef anchor, SelectionPathElement[] path)
    {
        Anchor = anchor;
        Path = path;
    }

    public ActorSelection(IActorRef anchor, string path)
        : this(anchor, path == "" ? [] : path.Split('/'))
    {
    }

    public ActorSelection(IActorRef anchor, IEnumerable<string> elements)
        : this(anchor, [.. elements.Where(element => element.Length > 0).Select(Step)])
    {
    }

    public IActorRef Anchor { get; }
    public SelectionPathElement[] Path { get; }
    public string PathString => "/" + string.Join('/', (object[])Path);

    public void Tell(object message, IActorRef? sender = null)
    {
        if (message is null)
            throw new ArgumentNullException(nameof(message), "A message is needed; null cannot be told.");
        Deliver((IInternalActorRef)Anchor, sender ?? ActorCell.GetCurrentSelfOrNoSender(), new ActorSelectionMessage(message, Path));
    }

    /// <exception cref="ActorNotFoundException">There is no such actor, or it did not say so in time.</exception>
    public Task<IActorRef> ResolveOne(TimeSpan timeout) => ResolveOne(timeout, CancellationToken.None);

    /// <inheritdoc cref="ResolveOne(TimeSpan)"/>
    public async Task<IActorRef> ResolveOne(TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            var identity = await this.Ask<ActorIdentity>(new Identify(null!), timeout, ct).ConfigureAwait(false);
            return identity.Subject ?? throw new ActorNotFoundException($"There is no actor at {this}");
        }
        catch (Exception e) when (e is not ActorNotFoundException)
        {
            throw new ActorNotFoundException($"Exception occurred while resolving {this}: {e.Message}", e);
        }
    }

    /// <summary>Takes the message from <paramref name="anchor"/> as far as the tree of this node goes.</summary>
    internal static void Deliver(IInternalActorRef anchor, IActorRef? sender, ActorSelectionMessage message)
    {
        var reference = anchor;
        for (var i = 0; i < message.Elements.Length; i++)
        {
            if (reference is not LocalActorRef local)
            {
                DeliverElsewhere(reference, sender, message, i);
                return;
            }

            var isLast = i == message.Elements.Length - 1;
            switch (message.Elements[i])
            {
                case SelectParent:
                    reference = local.Parent;
                    break;
                case SelectChildName child:
                    reference = local.GetSingleChild(child.Name);
                    if (reference.IsNobody())
                    {
                        NotThere(local, child.Name, sender, message, i);
                        return;
                    }

                    break;
                case SelectChildPattern pattern:
                    FanOut(local.Cell.Children.Refs.Where(child => pattern.Matches(child.Path.Name)), isLast ? null : message.Elements[(i + 1)..], sender, message);
                    return;
                case SelectChildRecursive:
                    foreach (var child in local.Cell.Children.Refs)
                    {
                        child.Tell(message.Message, sender!);
                        Deliver(child, sender, message.Copy(elements: [SelectChildRecursive.Instance], wildCardFanOut: true));
                    }

                    return;
            }
        }

        reference.Tell(message.Message, sender!);
    }

    private static void FanOut(IEnumerable<IInternalActorRef> children, SelectionPathElement[]? rest, IActorRef? sender, ActorSelectionMessage message)
    {
        foreach (var child in children)
        {
            if (rest is null)
                child.Tell(message.Message, sender!);
            else
                Deliver(child, sender, message.Copy(elements: rest, wildCardFanOut: true));
        }
    }

    /// <summary>References of other nodes go on by themselves; names that are no actors are followed if all steps are names.</summary>
    private static void DeliverElsewhere(IInternalActorRef reference, IActorRef? sender, ActorSelectionMessage message, int from)
    {
        var rest = message.Elements[from..];
        if (!reference.IsLocal || reference is EmptyLocalActorRef || !rest.All(element => element is SelectChildName))
        {
            reference.Tell(message.Copy(elements: rest), sender!);
            return;
        }

        var target = reference.GetChild([.. rest.Cast<SelectChildName>().Select(element => element.Name)]);
        if (!target.IsNobody())
            target.Tell(message.Message, sender!);
        else
            NotThere(reference, string.Join('/', (object[])rest), sender, message, message.Elements.Length);
    }

    private static void NotThere(IInternalActorRef at, string name, IActorRef? sender, ActorSelectionMessage message, int step)
    {
        if (message.WildCardFanOut && message.Message is Identify)
            return;
        var path = at.Path / name.Split('/') / message.Elements.Skip(step + 1).Select(element => element.ToString()!);
        var provider = at.Provider;
        new EmptyLocalActorRef(provider, path, ((LocalActorRef)provider.RootGuardian).Cell.System.EventStream).Tell(message, sender!);
    }

    private static SelectionPathElement Step(string element) => element switch
    {
        ".." => SelectParent.Instance,
        "**" => SelectChildRecursive.Instance,
        _ when element.Contains('*') || element.Contains('?') => new SelectChildPattern(element),
        _ => new SelectChildName(element),
    };

    protected bool Equals(ActorSelection other) => Anchor.Equals(other.Anchor) && PathString == other.PathString;
    public override bool Equals(object? obj) => obj is ActorSelection other && Equals(other);
    public override int GetHashCode() => HashCode.Combine(Anchor, PathString);

    public override string ToString() =>
        $"ActorSelection[Anchor({Anchor.Path}{(Anchor.Path.Uid == 0 ? "" : $"#{Anchor.Path.Uid}")}), Path({PathString})]";
}
