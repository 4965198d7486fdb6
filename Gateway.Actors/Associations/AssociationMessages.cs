using Gateway.Actors.Sessions;
using Gateway.Protocol;
using SocksLib;

namespace Gateway.Actors.Associations;

/// <summary>The association relays.</summary>
/// <param name="Port">Where the client sends to.</param>
/// <param name="Honoured">FLAG of the reply.</param>
internal sealed record AssociationOpened(ushort Port, RequestFlags Honoured) : ISessionNews;

/// <summary>No socket could be had, or no way through the chain.</summary>
/// <param name="Chain">Of what the chain failed; null when it was not the chain.</param>
internal sealed record AssociationFailed(string Cause, ChainFailure? Chain = null) : ISessionNews;

/// <summary>Nothing was relayed for the idle time.</summary>
internal sealed class AssociationIdle : ISessionNews
{
    public static AssociationIdle Instance { get; } = new();
}

/// <summary>A request on the control channel, for the association to answer.</summary>
internal sealed record ControlAsked(ControlRequest Request);

/// <summary>The answer to <see cref="ControlAsked"/>.</summary>
internal sealed record ControlAnswered(SocksReply Reply) : ISessionNews;
