using Akka.Actor;
using Gateway.Actors.Listeners;
using Gateway.Transport;

namespace Gateway.Actors.Sessions;

/// <summary>A client has connected and was admitted: the first message of every session.</summary>
/// <param name="Client">Its connection; <paramref name="Events"/> acts for it.</param>
/// <param name="Events">Turns what happens to the connection into messages to the session.</param>
/// <param name="Door">The listener it came through.</param>
/// <param name="Session">What the session is made from: the settings that the door was opened under.</param>
internal sealed record Accepted(Connection Client, SessionEvents Events, Door Door, Props Session);
