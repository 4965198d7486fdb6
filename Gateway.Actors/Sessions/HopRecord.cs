using Gateway.Protocol;
using SocksLib;

namespace Gateway.Actors.Sessions;

/// <summary>A gateway that a session's chain passes.</summary>
/// <param name="Name">The member's, or the one it has in the settings.</param>
/// <param name="Address">Where it was reached; its family is that of the leg.</param>
/// <param name="Answered">From the beginning of the attempt to its answer to the greeting.</param>
public readonly record struct HopRecord(string Name, LiteralEndpoint Address, TimeSpan Answered)
{
    /// <summary>From the accept of the client to the beginning of the attempt.</summary>
    public TimeSpan Begun { get; init; }

    internal static HopRecord Of(ChainHop hop, TimeSpan begun) =>
        new(hop.Server.Name, hop.Server.Address.TryGetLiteral(out var literal) ? literal.Canonical : default, hop.Answered) { Begun = begun };
}
