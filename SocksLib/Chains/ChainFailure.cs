using Gateway.Protocol;

namespace SocksLib;

/// <summary>Why a chain did not come about.</summary>
/// <param name="Chain">The chain's name.</param>
/// <param name="Hop">The number of the hop that failed, from 1.</param>
/// <param name="Server">The candidate that failed last; null when the hop never had one.</param>
/// <param name="Phase">What failed.</param>
/// <param name="Code">What the client is owed: the code of the hop that failed.</param>
/// <param name="Cause">In words: <c>connection not allowed by ruleset</c>.</param>
public sealed record ChainFailure(string Chain, int Hop, HopServer? Server, ChainPhase Phase, ReplyCode Code, string Cause)
{
    /// <summary>It is the last hop's own reply to the request: the way stood, and the destination was refused.</summary>
    public bool IsVerdict { get; init; }

    /// <summary><c>chain v6-lab, hop 2 lab-a ([2001:db8:2::10]:1080), request: connection not allowed by ruleset</c>.</summary>
    public override string ToString()
    {
        var server = Server is null ? "" : $" {Server}";
        return $"chain {Chain}, hop {Hop}{server}, {Phase.ToString().ToLowerInvariant()}: {Cause}";
    }
}
