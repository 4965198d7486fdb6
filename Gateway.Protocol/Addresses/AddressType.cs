namespace Gateway.Protocol;

/// <summary>ATYP: RFC 1928 §5, and ADDRESS ID of draft-kitamura-socks-ipv6-01 Extension 1.</summary>
public enum AddressType : byte
{
    Ipv4 = 0x01,
    DomainName = 0x03,
    Ipv6 = 0x04,
    AddressId = 0x08,
}
