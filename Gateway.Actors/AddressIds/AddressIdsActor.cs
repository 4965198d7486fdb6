using Akka.Actor;

namespace Gateway.Actors.AddressIds;

/// <summary>An ID has entered the table and needs an actor.</summary>
internal sealed record AddressIdGiven(AddressIdEntry Entry);

/// <summary>
/// The parent of all <see cref="AddressIdActor"/>s. They are nobody's else: an ID outlives the session that it was given to, and is good on
/// any connection of its owner (<c>B12</c>).
/// </summary>
internal sealed class AddressIdsActor : UntypedActor
{
    private readonly AddressIdTable _table;
    private readonly TimeProvider _time;

    public AddressIdsActor(AddressIdTable table, TimeProvider time) => (_table, _time) = (table, time);

    protected override void OnReceive(object message)
    {
        if (message is AddressIdGiven given)
            Context.ActorOf(AddressIdActor.Props(_table, _time, given.Entry));
        else
            Unhandled(message);
    }
}
