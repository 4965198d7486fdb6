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
    /// <summary>A session failed; of many at once a few are told.</summary>
    SessionFailed,
    /// <summary>A session was closed by hand.</summary>
    SessionClosed,
}
