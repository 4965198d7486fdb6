namespace Gateway.Protocol;

/// <summary>What a dedicated ADDRESS ASSOCIATE, or Tor's RESOLVE or RESOLVE_PTR, asks to be answered with.</summary>
public enum AddressAnswer : byte
{
    /// <summary>An ADDRESS ID; for a destination that is one already, the same, refreshed (<c>B18</c>).</summary>
    Id,
    Ipv4,
    Ipv6,
    /// <summary>The name of the address, by reverse resolution.</summary>
    Name,
    /// <summary>The address in the family that the gateway would use to reach the destination (<c>B4</c>).</summary>
    RouteFamily,
    /// <summary>An address, IPv4 where there is one: Tor's RESOLVE names no family, and its clients know IPv4 best.</summary>
    AnyFamily,
}

/// <summary>Reading the wish.</summary>
public static class AddressAnswers
{
    /// <summary>
    /// <c>B2</c>: ADR.PREF decides, 0000 and 0008 being an ID. <c>B4</c>: FLAG 10 overrides a preference that was shown, not one that was
    /// not.
    /// </summary>
    /// <param name="alwaysId">The operator's switch of <c>B2</c>: an ID whatever the preference.</param>
    /// <exception cref="ArgumentException">The request is neither of the three commands.</exception>
    public static AddressAnswer For(in SocksRequest request, bool alwaysId = false) => request.Command switch
    {
        SocksCommand.Resolve => AddressAnswer.AnyFamily,
        SocksCommand.ResolvePtr => AddressAnswer.Name,
        SocksCommand.AddressAssociate => (request.Preference, request.Flags.HasFlag(RequestFlags.DestinationFamily)) switch
        {
            (AddressPreference.None or AddressPreference.AddressId, _) => AddressAnswer.Id,
            _ when alwaysId => AddressAnswer.Id,
            (_, true) => AddressAnswer.RouteFamily,
            (AddressPreference.Ipv4, _) => AddressAnswer.Ipv4,
            (AddressPreference.Ipv6, _) => AddressAnswer.Ipv6,
            _ => AddressAnswer.Name,
        },
        _ => throw new ArgumentException($"{request.Command} asks for no address", nameof(request)),
    };
}
