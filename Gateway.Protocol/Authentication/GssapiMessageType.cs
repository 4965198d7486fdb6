namespace Gateway.Protocol;

/// <summary>MTYP of RFC 1961.</summary>
public enum GssapiMessageType : byte
{
    /// <summary>A context token, §3.</summary>
    ContextToken = 0x01,
    /// <summary>The protection level, wrapped (§4) or bare as NEC's clients and curl's <c>--socks5-gssapi-nec</c> send it.</summary>
    ProtectionLevel = 0x02,
    /// <summary>Wrapped data, §5.</summary>
    Data = 0x03,
    /// <summary>Refusal at any time: two octets only, §3.</summary>
    Abort = 0xFF,
}
