using Gateway.Actors.Status;

namespace Gateway.Node.Status.Json;

/// <summary>A UDP association: the client's and the gateway's ends, datagrams lost here, and milliseconds since the last one.</summary>
public sealed record AssociationJson(string Client, string Relay, long Lost, double QuietMs)
{
    internal static AssociationJson Of(AssociationView view) =>
        new(view.Client.Canonical.ToString(), view.Relay.Canonical.ToString(), view.Lost, view.Quiet.TotalMilliseconds);
}
