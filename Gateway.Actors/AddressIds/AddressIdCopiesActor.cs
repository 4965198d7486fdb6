using Akka.Actor;
using Gateway.Actors.Members;

namespace Gateway.Actors.AddressIds;

/// <summary>
/// Brings allocations to the other members and takes in theirs. Everything that is told is told again until it is answered or the member is
/// gone. A member that appears, or comes back, is told all that live, portion by portion, by every other: nobody can know what it missed.
/// </summary>
internal sealed class AddressIdCopiesActor : UntypedActor, IWithTimers
{
    public const string Name = "address-ids";

    /// <summary>When what has no answer is sent again. Remoting may lose messages when a connection breaks.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly AddressIdTable _table;
    private readonly AddressIdSharing _sharing;
    private readonly TopologyBoard _board;
    private readonly TimeProvider _time;
    private readonly TimeSpan _again;
    private readonly Action<Topology, Topology> _changed;
    private readonly List<AddressIdCopy> _gathered = [];
    private readonly Dictionary<long, AddressIdDelivery> _deliveries = [];
    private HashSet<Incarnation> _reachable = [];
    private long _number = Random.Shared.NextInt64(long.MaxValue / 2);

    public AddressIdCopiesActor(AddressIdTable table, AddressIdSharing sharing, TopologyBoard board, TimeProvider time, TimeSpan again)
    {
        (_table, _sharing, _board, _time, _again) = (table, sharing, board, time, again);
        var self = Self;
        _changed = (_, _) => self.Tell(LookAround.Instance, ActorRefs.NoSender);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _time.GetElapsedTime(0);

    protected override void PreStart()
    {
        _board.Changed += _changed;
        _sharing.Open(Self);
        Timers.StartPeriodicTimer(nameof(SendAgain), SendAgain.Instance, _again);
        Follow();
    }

    protected override void PostStop()
    {
        _sharing.Close(Self);
        _board.Changed -= _changed;
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AddressIdCopy copy:
                Gather(copy);
                break;
            case Send:
                SendGathered();
                break;
            case AddressIdsTold told:
                Sender.Tell(new AddressIdsHeld(told.Number, Take(told.Copies)), Self);
                break;
            case AddressIdsHeld held:
                OnHeld(held, Sender.Path.Address.ToString());
                break;
            case LookAround:
                Follow();
                break;
            case SendAgain:
                SendLate();
                break;
            case Unreadable:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>What is in the mailbox at one time travels together.</summary>
    private void Gather(AddressIdCopy copy)
    {
        if (_gathered.Count == 0)
            Self.Tell(Send.Instance);
        _gathered.Add(copy);
    }

    private void SendGathered()
    {
        foreach (var part in _gathered.Chunk(AddressIdsTold.MostCopies))
            Deliver(part, _reachable);
        _gathered.Clear();
    }

    private void Deliver(AddressIdCopy[] copies, IEnumerable<Incarnation> members, Action? then = null)
    {
        var delivery = new AddressIdDelivery(_number++, copies, members, then);
        _deliveries.Add(delivery.Number, delivery);
        if (delivery.Awaited.Count > 0)
            Post(delivery);
        else
            Finish(delivery);
    }

    private void Post(AddressIdDelivery delivery)
    {
        var message = delivery.Message;
        foreach (var member in delivery.Awaited)
            Context.ActorSelection(new RootActorPath(Address.Parse(member.Address)) / "user" / Name).Tell(message, Self);
    }

    private byte[] Take(IReadOnlyList<AddressIdCopy> copies)
    {
        var (now, refused) = (Now, new List<byte>());
        for (var i = 0; i < copies.Count; i++)
        {
            if (!_table.TryTake(copies[i], now, out var isNewsToAll))
                refused.Add((byte)i);
            if (isNewsToAll)
                Gather(copies[i] with { Standing = AddressIdStanding.Contested, Age = TimeSpan.Zero });
        }
        return [.. refused];
    }

    private void OnHeld(AddressIdsHeld held, string from)
    {
        if (!_deliveries.TryGetValue(held.Number, out var delivery) || delivery.Awaited.RemoveWhere(member => member.Address == from) == 0)
            return;
        foreach (var refused in held.Refused.Where(index => index < delivery.Copies.Length))
            OnRefused(ref delivery.Copies[refused]);
        if (delivery.Awaited.Count == 0)
            Finish(delivery);
    }

    /// <summary>Who has not answered yet hears only of the end of it, should it be sent again.</summary>
    private void OnRefused(ref AddressIdCopy copy)
    {
        if (copy.Standing is AddressIdStanding.New or AddressIdStanding.Living && _sharing.Refuse(copy.Entry, Now) is { } end)
        {
            copy = end;
            Gather(end);
        }
    }

    private void Finish(AddressIdDelivery delivery)
    {
        _deliveries.Remove(delivery.Number);
        foreach (var copy in delivery.Copies.Where(copy => copy.Standing == AddressIdStanding.New))
            _sharing.Settle(copy.Entry);
        delivery.Then?.Invoke();
    }

    /// <summary>The next portion for a member that is told everything.</summary>
    private void Continue(Incarnation member, IEnumerator<AddressIdCopy[]> rest)
    {
        if (_reachable.Contains(member) && rest.MoveNext())
            Deliver(rest.Current, [member], () => Continue(member, rest));
    }

    private void Follow()
    {
        var before = _reachable;
        _reachable = [.. _board.Current.Others.Where(member => member.IsReachable).Select(member => member.Announced.Incarnation)];
        foreach (var delivery in _deliveries.Values.Where(delivery => delivery.Awaited.RemoveWhere(member => !_reachable.Contains(member)) > 0).ToList())
        {
            if (delivery.Awaited.Count == 0)
                Finish(delivery);
        }
        foreach (var member in _reachable.Where(member => !before.Contains(member)))
            Continue(member, Everything().GetEnumerator());
    }

    private IEnumerable<AddressIdCopy[]> Everything() =>
        from part in _table.Entries().Chunk(AddressIdsTold.MostCopies)
        let copies = part.Select(entry => _table.CopyOf(entry, Now)).OfType<AddressIdCopy>().ToArray()
        where copies.Length > 0
        select copies;

    private void SendLate()
    {
        foreach (var delivery in _deliveries.Values)
        {
            if (delivery.IsLate)
                Post(delivery);
            delivery.IsLate = true;
        }
    }

    private sealed class LookAround
    {
        public static LookAround Instance { get; } = new();
    }

    private sealed class Send
    {
        public static Send Instance { get; } = new();
    }

    private sealed class SendAgain
    {
        public static SendAgain Instance { get; } = new();
    }
}
