using Gateway.Transport;

namespace Gateway.Actors.AddressIds;

/// <summary>How long a client waits for the other members. It comes due also when the session has ended, so that nobody waits for ever.</summary>
internal sealed class SharingDeadline(AddressIdSharing sharing, AddressIdEntry entry) : LoopTimer
{
    /// <summary>What is waited for; another one when this was refused.</summary>
    public AddressIdEntry Entry { get; set; } = entry;

    protected override void OnDue() => sharing.Settle(Entry);
}
