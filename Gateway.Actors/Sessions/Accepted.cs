using Gateway.Actors.Listeners;
using Gateway.Transport;

namespace Gateway.Actors.Sessions;

/// <summary>A client has connected and was admitted: the first message of every session.</summary>
/// <param name="Client">Its connection; <paramref name="Events"/> acts for it.</param>
/// <param name="Events">Turns what happens to the connection into messages to the session.</param>
/// <param name="Door">The listener it came through.</param>
internal sealed record Accepted(Connection Client, SessionEvents Events, Door Door);
