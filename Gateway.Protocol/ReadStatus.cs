namespace Gateway.Protocol;

/// <summary>How a parse ended: whole, not yet, or the rule that is broken.</summary>
public enum ReadStatus : byte
{
    /// <summary>Not yet: more octets are needed.</summary>
    Incomplete,
    /// <summary>The message is whole.</summary>
    Complete,

    /// <summary>The first octet is not the version this message starts with.</summary>
    WrongVersion,
    /// <summary>RFC 1928 §3: NMETHODS is 1 to 255.</summary>
    NoMethods,
    /// <summary>RFC 1929 §2: ULEN and PLEN are 1 to 255.</summary>
    EmptyCredential,
    /// <summary>RFC 1961 §3: MTYP is 01, 02, 03 or FF.</summary>
    UnknownGssapiType,
    /// <summary>A command that is neither RFC 1928's, nor the draft's 08–0B, nor Tor's F0 or F1.</summary>
    UnsupportedCommand,
    /// <summary>An ATYP other than 01, 03, 04 and 08: the length of what follows is unknowable.</summary>
    UnsupportedAddressType,
    /// <summary>A domain name of length 0.</summary>
    EmptyName,
    /// <summary>RFC 1928 §5: a name has no NUL.</summary>
    NulInName,
    /// <summary>An ADDRESS ID whose CLASS is not 00.</summary>
    ReservedClass,
    /// <summary>An ADR.PREF whose lower octet is not an address type.</summary>
    UndefinedPreference,
    /// <summary>A reserved field that is not zero, where zero is demanded.</summary>
    ReservedNotZero,
    /// <summary>RFC 1928 §7: a fragment's position is 1 to 127.</summary>
    FragmentWithoutPosition,
    /// <summary>SOCKS4: a user name or host name of more than 255 octets.</summary>
    TooLong,
    /// <summary>PROXY v2: a signature, version, command, family or length that the specification does not have.</summary>
    MalformedProxyHeader,
    /// <summary>A member's login whose fields are not those of docs/member-legs.md.</summary>
    MalformedMemberLogin,
}

/// <summary>What a <see cref="ReadStatus"/> means, in words.</summary>
public static class ReadStatusText
{
    extension(ReadStatus status)
    {
        /// <summary>Whether no octets that follow can make this a message.</summary>
        public bool IsViolation => status > ReadStatus.Complete;

        /// <summary>The rule that is broken, for a log.</summary>
        public string Reason => status switch
        {
            ReadStatus.Incomplete => "more octets are needed",
            ReadStatus.Complete => "whole",
            ReadStatus.WrongVersion => "wrong version octet",
            ReadStatus.NoMethods => "greeting offers no method",
            ReadStatus.EmptyCredential => "empty user name or password",
            ReadStatus.UnknownGssapiType => "unknown GSSAPI message type",
            ReadStatus.UnsupportedCommand => "command not supported",
            ReadStatus.UnsupportedAddressType => "address type not supported",
            ReadStatus.EmptyName => "domain name of length 0",
            ReadStatus.NulInName => "domain name with a NUL",
            ReadStatus.ReservedClass => "ADDRESS ID of a reserved class",
            ReadStatus.UndefinedPreference => "undefined address preference",
            ReadStatus.ReservedNotZero => "reserved field is not zero",
            ReadStatus.FragmentWithoutPosition => "fragment without a position",
            ReadStatus.TooLong => "field longer than 255 octets",
            ReadStatus.MalformedProxyHeader => "malformed PROXY header",
            ReadStatus.MalformedMemberLogin => "malformed member login",
            _ => status.ToString(),
        };
    }
}
