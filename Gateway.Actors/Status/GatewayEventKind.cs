namespace Gateway.Actors.Status;

/// <summary>What an operator should hear of.</summary>
public enum GatewayEventKind
{
    /// <summary>This gateway takes no new clients.</summary>
    Draining,
    /// <summary>It takes them again.</summary>
    Undrained,
    /// <summary>Other settings are in force.</summary>
    Reloaded,
    /// <summary>The settings are wrong, and those of before stay in force.</summary>
    ReloadRefused,
    /// <summary>A gateway has become a member of the cluster.</summary>
    MemberUp,
    /// <summary>A member is not heard of.</summary>
    MemberUnreachable,
    /// <summary>It is heard of again.</summary>
    MemberReachable,
    /// <summary>A member takes no new clients.</summary>
    MemberDraining,
    /// <summary>It takes them again.</summary>
    MemberUndrained,
    /// <summary>A gateway is no member any more.</summary>
    MemberGone,
    /// <summary>A leg failed and is out of use.</summary>
    LegEjected,
    /// <summary>A leg is in use again.</summary>
    LegRestored,
    /// <summary>A chain has had no way for a while.</summary>
    ChainBroken,
    /// <summary>It has one again.</summary>
    ChainRestored,
    /// <summary>The operator has taken a server out of this gateway's chains.</summary>
    ServerEjected,
    /// <summary>It may serve again.</summary>
    ServerRestored,
    /// <summary>A session failed; of many at once a few are told.</summary>
    SessionFailed,
    /// <summary>Datagrams of a UDP association find no way through a chain, or their way broke; of many at once a few are told.</summary>
    AssociationBroken,
    /// <summary>A session was closed by hand.</summary>
    SessionClosed,
}
