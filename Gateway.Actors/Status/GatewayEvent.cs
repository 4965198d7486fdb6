namespace Gateway.Actors.Status;

/// <summary>Something that happened at a gateway.</summary>
/// <param name="Number">Grows by one with each event of this gateway.</param>
/// <param name="Time">When.</param>
/// <param name="Node">The gateway's name.</param>
/// <param name="Kind">What.</param>
/// <param name="Subject">To whom or to what: a member, a leg, <c>session 17</c>.</param>
/// <param name="Message">In words.</param>
public sealed record GatewayEvent(long Number, DateTimeOffset Time, string Node, GatewayEventKind Kind, string Subject, string Message);
