using Gateway.Protocol;

namespace SocksLib;

/// <summary>What was asked for cannot be had: a server refused it, or none could be reached.</summary>
/// <param name="code">REP of the server that said so (RFC 1928 §6), or what it would have been.</param>
/// <param name="message">Names hop, phase and cause.</param>
/// <param name="failure">How the way there broke; null when the refusal came over a way that stood.</param>
public sealed class SocksException(ReplyCode code, string message, ChainFailure? failure = null) : IOException(message)
{
    internal SocksException(ChainFailure failure) : this(failure.Code, failure.ToString(), failure) { }

    public ReplyCode Code { get; } = code;

    /// <summary>What failed on the way; see there whether it is the destination that was refused.</summary>
    public ChainFailure? Failure { get; } = failure;
}
