using Akka.Actor;

namespace Gateway.Actors.AddressIds;

/// <summary>
/// The life of one ADDRESS ID (<c>B13</c>). What the ID stands for is read in the table, by every loop at once; this actor takes it out of
/// there when its time has come, and ends with it.
/// <code>Living ──unused for the idle time──► stopped</code>
/// </summary>
internal sealed class AddressIdActor : UntypedActor
{
    private readonly AddressIdTable _table;
    private readonly TimeProvider _time;
    private readonly AddressIdEntry _entry;

    private AddressIdActor(AddressIdTable table, TimeProvider time, AddressIdEntry entry) => (_table, _time, _entry) = (table, time, entry);

    public static Props Props(AddressIdTable table, TimeProvider time, AddressIdEntry entry) =>
        Akka.Actor.Props.CreateBy(new Producer(table, time, entry));

    protected override void PreStart() => EndOrWait();

    protected override void OnReceive(object message)
    {
        if (message is ReceiveTimeout)
            EndOrWait();
        else
            Unhandled(message);
    }

    private void EndOrWait()
    {
        if (_table.TryExpire(_entry.Owner, _entry.Id, _time.GetElapsedTime(0), out var again))
            Context.Stop(Self);
        else
            SetReceiveTimeout(again);
    }

    private sealed class Producer(AddressIdTable table, TimeProvider time, AddressIdEntry entry) : IIndirectActorProducer
    {
        public Type ActorType => typeof(AddressIdActor);

        public ActorBase Produce() => new AddressIdActor(table, time, entry);

        public void Release(ActorBase actor) { }
    }
}
