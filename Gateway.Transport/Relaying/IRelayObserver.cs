namespace Gateway.Transport;

/// <summary>Who hears of a relay's end, on the loop's thread.</summary>
public interface IRelayObserver
{
    /// <summary>Both sockets are closed.</summary>
    void OnRelayEnded(Relay relay, in RelayOutcome outcome);
}
