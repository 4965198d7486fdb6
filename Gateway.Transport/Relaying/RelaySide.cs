namespace Gateway.Transport;

/// <summary>A side of a relay.</summary>
public enum RelaySide : byte
{
    None,
    Client,
    Target,
}
