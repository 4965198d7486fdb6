using Gateway.Protocol;

namespace SocksLib;

/// <summary>Why one way through a chain did not come about.</summary>
/// <param name="Hop">The number of the hop that is to be replaced, from 1.</param>
/// <param name="Code">REP of the hop that said so; 01 where none did.</param>
/// <param name="Cause">In words, for logs.</param>
/// <param name="IsVerdict">It is the last hop's own reply to the client's request, and not the chain's failure.</param>
public readonly record struct WayFailure(int Hop, ChainPhase Phase, ReplyCode Code, string Cause, bool IsVerdict = false)
{
    /// <summary>The server has said no, or does not speak SOCKS: it will say the same again.</summary>
    public bool IsLasting { get; init; }

    /// <summary>
    /// Whether another way is of no use: the last hop has tried, and knows why the destination cannot be had. A general failure (01) may be
    /// the hop's own.
    /// </summary>
    public bool IsFinal => IsVerdict && Code != ReplyCode.GeneralFailure;
}
