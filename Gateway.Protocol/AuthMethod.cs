namespace Gateway.Protocol;

/// <summary>METHOD of the greeting: RFC 1928 §3.</summary>
public enum AuthMethod : byte
{
    NoAuthentication = 0x00,
    Gssapi = 0x01,
    Password = 0x02,
    /// <summary>The answer that ends the conversation: none of the methods offered is acceptable.</summary>
    NoneAcceptable = 0xFF,
}
