using Akka.Actor;

namespace Gateway.Actors.AddressIds;

/// <summary>An ID has entered the table and needs an actor.</summary>
internal sealed record AddressIdGiven(AddressIdEntry Entry);

/// <summary>
/// The parent of all <see cref="AddressIdActor"/>s. They are nobody's else: an ID outlives the session that it was given to, is good on
/// any connection of its owner (<c>B12</c>), and may have been given by another gateway.
/// </summary>
internal sealed class AddressIdsActor : UntypedActor
{
    private readonly AddressIdTable _table;
    private readonly TimeProvider _time;
    private readonly Action<AddressIdEntry> _entered;

    public AddressIdsActor(AddressIdTable table, TimeProvider time)
    {
        (_table, _time) = (table, time);
        var self = Self;
        _entered = entry => self.Tell(new AddressIdGiven(entry), ActorRefs.NoSender);
    }

    /// <summary>The cluster may have brought copies before this actor began.</summary>
    protected override void PreStart()
    {
        _table.Entered += _entered;
        foreach (var entry in _table.Entries())
            _entered(entry);
    }

    protected override void PostStop() => _table.Entered -= _entered;

    protected override void OnReceive(object message)
    {
        if (message is AddressIdGiven given)
            Context.ActorOf(AddressIdActor.Props(_table, _time, given.Entry));
        else
            Unhandled(message);
    }
}
