using System.Diagnostics.CodeAnalysis;
using Gateway.Actors.Access;
using Gateway.Protocol;

namespace Gateway.Actors.AddressIds;

/// <summary>
/// Finding the IDs that clients send. <c>B14</c>: 24 bits can be guessed, so a client that sent wrong ones has to wait, and until then every ID is
/// unknown. Right ones do not shorten the wait, or a guesser would mix in one of its own. Who holds an ID already does not look it up
/// again, so what is in use goes on. Safe from any thread.
/// </summary>
/// <param name="throttle">One of its own, not that of the passwords.</param>
public sealed class AddressIdLookup(AddressIdTable table, GuessThrottle throttle)
{
    /// <summary>
    /// Holds the ID until <see cref="AddressIdTable.Release"/>. False when the client has no such ID, or has to wait; <c>B15</c>: REP 09
    /// (as <see cref="ReplyCodes"/> has it) over TCP, silence over UDP.
    /// </summary>
    public bool TryHold(in Identity identity, AddressId id, TimeSpan now, [NotNullWhen(true)] out AddressIdEntry? entry)
    {
        entry = null;
        var client = ClientKey.Of(identity.Client);
        if (throttle.WaitOf(client, now) > TimeSpan.Zero) return false;
        if (table.TryHold(AddressIdOwner.Of(identity), id, now, out entry)) return true;
        throttle.Failed(client, now);
        return false;
    }
}
