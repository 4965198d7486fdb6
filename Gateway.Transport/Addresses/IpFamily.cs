namespace Gateway.Transport;

/// <summary>The family of an address.</summary>
public enum IpFamily : byte
{
    /// <summary>No address: the default <see cref="IpEndpoint"/>.</summary>
    None = 0,
    V4 = 4,
    V6 = 6,
}
