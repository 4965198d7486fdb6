namespace Gateway.Actors.Routing;

/// <summary>What kinds of destinations a set can hold, or a target consists of.</summary>
[Flags]
internal enum DestinationKinds
{
    None = 0,
    Name = 1,
    Ipv4 = 2,
    Ipv6 = 4,
    All = Name | Ipv4 | Ipv6,
}
