namespace SocksLib;

/// <summary>What an attempt taught of a leg.</summary>
public enum LegOutcome
{
    /// <summary>The server at its end answered the greeting.</summary>
    Alive,

    /// <summary>It could not be reached, broke off, refused the login, or did not keep to SOCKS.</summary>
    Failed,

    /// <summary>It did not answer: another candidate, tried beside it, did; or it was given up, or the time for the chain was over.</summary>
    Silent,
}
