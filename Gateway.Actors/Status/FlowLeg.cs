using Gateway.Protocol;

namespace Gateway.Actors.Status;

/// <summary>A part of the way that clients' octets take.</summary>
/// <param name="From">The gateway that it starts at; null for clients.</param>
/// <param name="To">The gateway that it leads to; null for destinations.</param>
/// <param name="Family">Of the addresses.</param>
public readonly record struct FlowLeg(string? From, string? To, IpFamily Family);
