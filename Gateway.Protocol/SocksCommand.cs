namespace Gateway.Protocol;

/// <summary>
/// CMD of a request: RFC 1928 §4; ADDRESS ASSOCIATE (bit 08) alone and with a base command, draft-kitamura-socks-ipv6-01
/// Extension 2; Tor's RESOLVE and RESOLVE_PTR. <c>B19</c>: 0C–0F, 10–7F and the other private ones are not supported.
/// </summary>
public enum SocksCommand : byte
{
    Connect = 0x01,
    Bind = 0x02,
    UdpAssociate = 0x03,
    AddressAssociate = 0x08,
    ConnectWithId = 0x09,
    BindWithId = 0x0A,
    UdpAssociateWithId = 0x0B,
    Resolve = 0xF0,
    ResolvePtr = 0xF1,
}

/// <summary>The two halves of a command.</summary>
public static class SocksCommands
{
    extension(SocksCommand command)
    {
        /// <summary>Whether this is one of the commands above.</summary>
        public bool IsSupported => command is
            >= SocksCommand.Connect and <= SocksCommand.UdpAssociate or
            >= SocksCommand.AddressAssociate and <= SocksCommand.UdpAssociateWithId or
            SocksCommand.Resolve or SocksCommand.ResolvePtr;

        /// <summary>Whether the reply carries an ADDRESS ID (bit 08): only then may ATYP 08 be sent (<c>B19</c>).</summary>
        public bool AssociatesAddress => command is >= SocksCommand.AddressAssociate and <= SocksCommand.UdpAssociateWithId;

        /// <summary>
        /// CONNECT, BIND or UDP ASSOCIATE without bit 08; a dedicated ADDRESS ASSOCIATE and Tor's commands stay what they are.
        /// </summary>
        public SocksCommand Base => command is >= SocksCommand.ConnectWithId and <= SocksCommand.UdpAssociateWithId
            ? command & ~SocksCommand.AddressAssociate
            : command;
    }
}
