namespace Gateway.Bench;

/// <summary>One new connection of the load: asked for, granted, an octet there and back.</summary>
/// <param name="Begun">UTC.</param>
/// <param name="Setup">From the first SYN to the reply.</param>
/// <param name="Client">Its own address and port.</param>
/// <param name="Failure">Why there was no success reply; null when there was.</param>
/// <param name="Broke">Why the octet did not come back, although the reply was there; null when it did.</param>
internal sealed record Connected(DateTime Begun, TimeSpan Setup, string Client, string? Failure, string? Broke);
