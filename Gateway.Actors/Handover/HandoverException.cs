namespace Gateway.Actors.Handover;

/// <summary>A gateway was not handed over; in words for its operator. The one that ran before goes on as it was.</summary>
public sealed class HandoverException(string message) : IOException(message);
