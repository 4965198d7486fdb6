namespace SocksLib;

/// <summary>What an attempt taught of a leg.</summary>
public enum LegOutcome
{
    /// <summary>The server at its end answered the greeting.</summary>
    Alive,

    /// <summary>It could not be reached, broke off, or did not keep to SOCKS.</summary>
    Failed,

    /// <summary>It did not answer, and another candidate was started beside it.</summary>
    Silent,
}
