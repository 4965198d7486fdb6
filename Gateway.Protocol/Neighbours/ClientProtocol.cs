namespace Gateway.Protocol;

/// <summary>What a client speaks, judged by the first octet it sends.</summary>
public enum ClientProtocol : byte
{
    Unknown,
    Socks5,
    Socks4,
    /// <summary>A PROXY v2 header, before whatever follows it.</summary>
    ProxyHeader,
    /// <summary>An HTTP request: the client was told that this is an HTTP proxy. Worth a hint in the log.</summary>
    Http,
    /// <summary>A TLS ClientHello. Worth a hint in the log.</summary>
    Tls,
}

/// <summary>Telling protocols apart.</summary>
public static class ClientProtocols
{
    /// <summary>The protocol whose conversations begin with <paramref name="first"/>.</summary>
    public static ClientProtocol Detect(byte first) => first switch
    {
        0x05 => ClientProtocol.Socks5,
        0x04 => ClientProtocol.Socks4,
        0x0D => ClientProtocol.ProxyHeader,
        0x16 => ClientProtocol.Tls,
        // CONNECT, DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT, TRACE
        (byte)'C' or (byte)'D' or (byte)'G' or (byte)'H' or (byte)'O' or (byte)'P' or (byte)'T' => ClientProtocol.Http,
        _ => ClientProtocol.Unknown,
    };
}
