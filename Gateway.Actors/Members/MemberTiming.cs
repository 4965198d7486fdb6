namespace Gateway.Actors.Members;

/// <summary>How patient members are with each other.</summary>
internal sealed record MemberTiming
{
    /// <summary>Between two greetings to a member; each is a sign of life.</summary>
    public TimeSpan Greeting { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Without a sign of life for so long a member is unreachable; three greetings may be lost.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Between two greetings to an address where nobody answers.</summary>
    public TimeSpan Knock { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long an unreachable member is waited for (<c>cluster.give-up-after</c>).</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long remoting refuses a member that was given up. Meanwhile it is left alone, because each attempt would prolong that on the
    /// packages.
    /// </summary>
    public TimeSpan Quarantine { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How long an address is tried at which nobody has been for so long; seed nodes are tried for ever.</summary>
    public TimeSpan ForgetAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long two clusters must have seen each other to be two; news of a join may take some rounds of gossip.</summary>
    public TimeSpan Merge { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>How long a way into a cluster is tried before another is.</summary>
    public TimeSpan Join { get; init; } = TimeSpan.FromSeconds(8);
}
