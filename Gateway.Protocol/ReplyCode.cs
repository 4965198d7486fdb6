namespace Gateway.Protocol;

/// <summary>REP of a reply: RFC 1928 §6, and 09 of draft-ietf-aft-socks-pro-v5.</summary>
public enum ReplyCode : byte
{
    Succeeded = 0x00,
    GeneralFailure = 0x01,
    NotAllowed = 0x02,
    NetworkUnreachable = 0x03,
    HostUnreachable = 0x04,
    ConnectionRefused = 0x05,
    TtlExpired = 0x06,
    CommandNotSupported = 0x07,
    AddressTypeNotSupported = 0x08,
    InvalidAddress = 0x09,
}

/// <summary>The codes in the RFC's words.</summary>
public static class ReplyCodes
{
    extension(ReplyCode code)
    {
        /// <summary>For a log: <c>connection not allowed by ruleset</c>.</summary>
        public string Text => code switch
        {
            ReplyCode.Succeeded => "succeeded",
            ReplyCode.GeneralFailure => "general SOCKS server failure",
            ReplyCode.NotAllowed => "connection not allowed by ruleset",
            ReplyCode.NetworkUnreachable => "network unreachable",
            ReplyCode.HostUnreachable => "host unreachable",
            ReplyCode.ConnectionRefused => "connection refused",
            ReplyCode.TtlExpired => "TTL expired",
            ReplyCode.CommandNotSupported => "command not supported",
            ReplyCode.AddressTypeNotSupported => "address type not supported",
            ReplyCode.InvalidAddress => "invalid address",
            _ => $"unassigned reply code {(byte)code:X2}",
        };

        /// <summary><c>B22</c>: 09 exists only in drafts, so a client that used no extension gets 01 instead.</summary>
        public ReplyCode For(bool extensionUser) =>
            code == ReplyCode.InvalidAddress && !extensionUser ? ReplyCode.GeneralFailure : code;
    }
}
