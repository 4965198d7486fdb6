using Gateway.Actors.Status;

namespace Gateway.Node.Status.Json;

/// <summary>An ADDRESS ID: whose it is, what it stands for, milliseconds since its last use, and how many use it.</summary>
public sealed record AddressIdJson(string Id, string Owner, string Target, double UnusedMs, int Holders)
{
    internal static AddressIdJson Of(AddressIdView view) => new(
        view.Entry.Id.ToString(), view.Entry.Owner.ToString(), view.Entry.Target.ToString(), view.Unused.TotalMilliseconds, view.Holders);
}
