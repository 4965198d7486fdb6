namespace Gateway.Node;

/// <summary>What <c>socks64</c> exits with; the words are those of sysexits.h.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>It ran and failed: a refused resolution or action, sessions that had to be cut.</summary>
    public const int Failure = 1;

    /// <summary>EX_USAGE: the command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>EX_UNAVAILABLE: a listener's address or a gateway cannot be had.</summary>
    public const int Unavailable = 69;

    /// <summary>EX_PROTOCOL: whoever answers is no gateway, or one of another version.</summary>
    public const int Protocol = 76;

    /// <summary>EX_NOPERM: the gateway wants a token, or another one.</summary>
    public const int NoPermission = 77;

    /// <summary>EX_CONFIG: the settings are wrong.</summary>
    public const int Settings = 78;
}
