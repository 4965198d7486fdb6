namespace Gateway.Bench;

/// <summary>A long transfer that ended before its time.</summary>
/// <param name="At">UTC.</param>
/// <param name="Client">Its own address and port.</param>
/// <param name="Cause">What the client saw.</param>
internal sealed record LostTransfer(DateTime At, string Client, string Cause);
