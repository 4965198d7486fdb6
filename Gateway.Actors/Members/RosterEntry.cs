namespace Gateway.Actors.Members;

/// <summary>What is known of one address at which a member is, was, or should be.</summary>
internal sealed class RosterEntry(string address, bool isSeed)
{
    public string Address => address;

    /// <summary>It stands in the settings.</summary>
    public bool IsSeed => isSeed;

    /// <summary>What the member there said last; null when there is none, or it has said farewell.</summary>
    public MemberAnnouncement? Said { get; set; }

    /// <summary>When it was heard of last.</summary>
    public TimeSpan Heard { get; set; }

    /// <summary>The cluster that it says it is in.</summary>
    public ClusterView View { get; set; }

    /// <summary>It says that this node is a member of that cluster.</summary>
    public bool CountsUs { get; set; }

    /// <summary>The life that is a member of our own cluster; null when none is.</summary>
    public Incarnation? Counted { get; set; }

    /// <summary>Our cluster has called it unreachable, and it has not been heard since.</summary>
    public bool IsSuspected { get; set; }

    /// <summary>It has said farewell, and has not been heard since.</summary>
    public bool HasParted { get; set; }

    /// <summary>Since when it is seen in another cluster.</summary>
    public TimeSpan? ForeignSince { get; set; }

    /// <summary>Until when it is not greeted.</summary>
    public TimeSpan RestsUntil { get; set; }

    /// <summary>When it was greeted last.</summary>
    public TimeSpan? Greeted { get; set; }

    /// <summary>It and this node count each other as members of one cluster.</summary>
    public bool IsMutual => Said is not null && Counted == Said.Incarnation && CountsUs;

    public bool IsReachable(TimeSpan now, MemberTiming timing) => Said is not null && !IsSuspected && now - Heard <= timing.Silence;
}
