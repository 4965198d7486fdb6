namespace Gateway.Actors.Members;

/// <summary>
/// Everybody that this node has heard of, by address: seed nodes, members of its cluster, and gateways in other clusters that it should be
/// one with. A member counts as reachable when it has given a sign of life lately, whatever its standing in the cluster: one that was
/// restarted serves again long before the cluster has agreed on it. Used by one thread at a time; it outlives the actor systems that belong to
/// the cluster. Time is given to it, as what has passed since a fixed moment.
/// </summary>
internal sealed class Roster
{
    /// <summary>Addresses known at once; further ones are not heard.</summary>
    private const int Capacity = 1000;

    private readonly Dictionary<string, RosterEntry> _entries = [];
    private readonly MemberTiming _timing;
    private string _self = "";

    public Roster(MemberTiming timing, IEnumerable<string> seedNodes)
    {
        _timing = timing;
        foreach (var seed in seedNodes)
            _entries[seed] = new(seed, isSeed: true);
    }

    /// <summary>Whether this node is in a cluster.</summary>
    public bool IsJoined { get; private set; }

    /// <summary>Our cluster.</summary>
    public ClusterView View(TimeSpan now)
    {
        if (!IsJoined)
            return ClusterView.None;
        var addresses = _entries.Values.Where(entry => entry.IsMutual && entry.IsReachable(now, _timing)).Select(entry => entry.Address).Append(_self).ToList();
        return new(true, addresses.Count, addresses.Min(StringComparer.Ordinal)!);
    }

    /// <summary>This node is born again, in no cluster; what the others said still holds.</summary>
    public void Rebirth(string self)
    {
        (_self, IsJoined) = (self, false);
        foreach (var entry in _entries.Values)
        {
            (entry.Counted, entry.CountsUs, entry.IsSuspected, entry.ForeignSince) = (null, false, false, null);
            (entry.RestsUntil, entry.Greeted) = (TimeSpan.MinValue, null);
        }
    }

    /// <summary>This node has become a member, or is none any more.</summary>
    public void SelfCounts(bool isMember) => IsJoined = isMember;

    /// <summary>That life is a member of our cluster.</summary>
    public void Count(Incarnation member)
    {
        if (member.Address != _self && Find(member.Address) is { } entry)
            entry.Counted = member;
    }

    /// <summary>That life is none any more. Another one at its address may serve already, or will at once: only who was given up is gone by this.</summary>
    /// <param name="member">Which.</param>
    /// <param name="wasGivenUp">It did not leave by itself.</param>
    /// <param name="now">When.</param>
    public void Uncount(Incarnation member, bool wasGivenUp, TimeSpan now)
    {
        if (!_entries.TryGetValue(member.Address, out var entry) || entry.Counted != member)
            return;
        entry.Counted = null;
        if (!wasGivenUp)
            return;
        entry.RestsUntil = now + _timing.Quarantine * 1.5;
        if (entry.Said?.Incarnation == member && !entry.IsReachable(now, _timing))
            entry.Said = null;
    }

    /// <summary>Our cluster cannot reach that life.</summary>
    public void Suspect(Incarnation member)
    {
        if (_entries.TryGetValue(member.Address, out var entry) && entry.Counted == member && entry.Said?.Incarnation == member)
            entry.IsSuspected = true;
    }

    /// <summary>Takes in a sign of life, and says whether that life is heard for the first time.</summary>
    public bool Hear(Greeting greeting, TimeSpan now)
    {
        var member = greeting.Member;
        if (member.Incarnation.Address == _self || Find(member.Incarnation.Address) is not { } entry)
            return false;
        var isNew = entry.Said?.Incarnation != member.Incarnation;
        if (entry.Said is not { } before || !member.DescribesSameAs(before))
            entry.Said = member;
        else if (before.Sessions != member.Sessions)
            entry.Said = before with { Sessions = member.Sessions };
        (entry.Heard, entry.View, entry.CountsUs) = (now, greeting.View, greeting.CountsYou);
        (entry.IsSuspected, entry.HasParted) = (false, false);
        entry.ForeignSince = IsForeign(entry) ? entry.ForeignSince ?? now : null;
        return isNew;
    }

    /// <summary>That life has ended in an orderly way.</summary>
    public void Part(Incarnation member)
    {
        if (_entries.TryGetValue(member.Address, out var entry) && entry.Said?.Incarnation == member)
            (entry.Said, entry.HasParted) = (null, true);
    }

    /// <summary>Whether that life is a member of our cluster.</summary>
    public bool Counts(string address) => IsJoined && _entries.TryGetValue(address, out var entry) && entry.Said is { } said && entry.Counted == said.Incarnation;

    /// <summary>Everybody that serves, or served a while ago.</summary>
    public IEnumerable<Member> Members(TimeSpan now) => _entries.Values
        .Where(entry => entry.Said is not null && now - entry.Heard <= _timing.GiveUpAfter)
        .Select(entry => new Member(entry.Said!, entry.IsReachable(now, _timing)));

    /// <summary>The addresses to greet at this moment; each is taken to be greeted.</summary>
    /// <param name="everybody">Also those who heard from us just before.</param>
    public IReadOnlyList<string> TakeGreetable(TimeSpan now, bool everybody = false)
    {
        foreach (var old in _entries.Values.Where(entry => IsForgotten(entry, now)).ToList())
            _entries.Remove(old.Address);
        var due = _entries.Values.Where(entry => entry.Address != _self && now >= entry.RestsUntil && (everybody || IsDue(entry, now))).ToList();
        foreach (var entry in due)
            entry.Greeted = now;
        return [.. due.Select(entry => entry.Address)];
    }

    /// <summary>The address of a member of another cluster that ours should give itself up to; null when there is none.</summary>
    public string? YieldsTo(TimeSpan now)
    {
        var ours = View(now);
        return _entries.Values
            .Where(entry => entry.ForeignSince is { } since && now - since >= _timing.Merge && IsForeign(entry) && entry.IsReachable(now, _timing))
            .FirstOrDefault(entry => ours.YieldsTo(entry.View))?.Address;
    }

    /// <summary>Addresses of members that are in a cluster, for a node that is in none.</summary>
    public IReadOnlyList<string> Joinable(TimeSpan now) =>
        [.. _entries.Values.Where(entry => entry.IsReachable(now, _timing) && entry.View.IsJoined && !entry.Said!.IsDraining).OrderByDescending(entry => entry.View.Size).Select(entry => entry.Address)];

    /// <summary>Whether of all who are there this node is the one to form a cluster, when nobody is in one.</summary>
    public bool IsFirst(TimeSpan now) =>
        _entries.Values.Where(entry => entry.IsReachable(now, _timing)).All(entry => string.CompareOrdinal(_self, entry.Address) < 0);

    private bool IsForeign(RosterEntry entry) => IsJoined && entry.View.IsJoined && !entry.IsMutual && !entry.Said!.IsDraining;

    private bool IsDue(RosterEntry entry, TimeSpan now) =>
        entry.IsReachable(now, _timing) || entry is { Counted: not null, IsSuspected: false } || entry.Greeted is not { } last || now - last >= _timing.Knock;

    private bool IsForgotten(RosterEntry entry, TimeSpan now) =>
        entry is { IsSeed: false, Counted: null } && (entry.HasParted || now - entry.Heard > _timing.ForgetAfter);

    private RosterEntry? Find(string address)
    {
        if (!_entries.TryGetValue(address, out var entry) && _entries.Count < Capacity)
            _entries[address] = entry = new(address, isSeed: false);
        return entry;
    }
}
