namespace SocksLib;

/// <summary>What an attempt taught of a leg.</summary>
public enum LegOutcome
{
    /// <summary>The server at its end answered the greeting.</summary>
    Alive,

    /// <summary>It could not be reached, broke off, refused the login, or did not keep to SOCKS.</summary>
    Failed,

    /// <summary>It had not answered when another candidate, tried beside it, did; or when the time for the chain was over.</summary>
    Silent,
}
