namespace Gateway.Protocol;

/// <summary>
/// An ADDRESS ID, the key of one entry of the gateway's association table (draft-kitamura-socks-ipv6-01 Extension 1).
/// <code>
/// +-------+-------------+
/// | CLASS | REALID(key) |
/// +-------+-------------+
/// |   1   |      3      |
/// +-------+-------------+
/// </code>
/// <c>B1</c>: four octets and no length octet, although the draft's section on addressing says 1.
/// CLASS is reserved and 00; a parser refuses every other (<c>B15</c>).
/// </summary>
/// <param name="RealId">24 bits, never 0 when a gateway gave it (<c>B14</c>).</param>
public readonly record struct AddressId(uint RealId)
{
    public const int Length = 4;
    public const uint MaxRealId = 0xFF_FFFF;

    /// <summary>The CLASS octet: 00.</summary>
    public const byte Class = 0;

    /// <summary><c>id A1B2C3</c>.</summary>
    public override string ToString() => $"id {RealId:X6}";
}
