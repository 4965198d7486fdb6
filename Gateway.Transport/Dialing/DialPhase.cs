namespace Gateway.Transport;

/// <summary>What a dial was doing when it failed.</summary>
public enum DialPhase : byte
{
    Resolve,
    Judge,
    Connect,
}
