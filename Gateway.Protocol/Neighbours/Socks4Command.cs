namespace Gateway.Protocol;

/// <summary>CD of a SOCKS4 request; F0 is Tor's RESOLVE, which SOCKS4a clients may send too.</summary>
public enum Socks4Command : byte
{
    Connect = 0x01,
    Bind = 0x02,
    Resolve = 0xF0,
}
