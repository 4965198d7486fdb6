using Gateway.Protocol;

namespace SocksLib;

/// <summary>A chain that stands.</summary>
/// <param name="Channel">Its handler is null; what the last hop sent behind its reply is unread.</param>
/// <param name="Reply">The last hop's first reply, a success.</param>
/// <param name="Hops">In the order of travel.</param>
/// <param name="Attempts">How many ways were tried.</param>
public sealed record ChainLink(IChannel Channel, SocksReply Reply, IReadOnlyList<ChainHop> Hops, int Attempts);
