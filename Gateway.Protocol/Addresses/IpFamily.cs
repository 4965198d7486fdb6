namespace Gateway.Protocol;

/// <summary>The family of an address.</summary>
public enum IpFamily : byte
{
    /// <summary>No address.</summary>
    None = 0,
    V4 = 4,
    V6 = 6,
}
