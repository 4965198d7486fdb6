using Gateway.Actors.Reloading;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Actors.Listeners;

/// <summary>Accept no more, and go on with the sessions that live. Answered with <see cref="DoorsClosed"/>.</summary>
internal sealed class CloseDoors
{
    public static CloseDoors Instance { get; } = new();
}

/// <summary>Nobody is accepted any more.</summary>
internal sealed class DoorsClosed
{
    public static DoorsClosed Instance { get; } = new();
}

/// <summary>Accept from sockets that listen already. Answered with <see cref="DoorsOpened"/>.</summary>
internal sealed record OpenDoors(Doors Doors);

/// <summary>Whoever connects is accepted.</summary>
internal sealed class DoorsOpened
{
    public static DoorsOpened Instance { get; } = new();
}

/// <summary>Go on, and let another process accept from the same sockets. Answered with <see cref="SocketsLent"/>.</summary>
internal sealed class LendSockets
{
    public static LendSockets Instance { get; } = new();
}

/// <summary>Sockets with the doors that they belong to; the receiver closes them.</summary>
internal sealed record SocketsLent(IReadOnlyList<(Door Door, SafeFileHandle Socket)> Sockets);

/// <summary>
/// Another process accepts at the doors with the numbers in <paramref name="Taken"/>. Accept no more, but at the other doors those who wait already. Answered with
/// <see cref="DoorsClosed"/>.
/// </summary>
internal sealed record LeaveDoors(IReadOnlyCollection<int> Taken);

/// <summary>New sessions take other settings, and come through the doors of those. Answered with <see cref="DoorsChanged"/>.</summary>
internal sealed record ChangeDoors(SettingsInForce Settings, DoorChange Doors);

/// <summary>Who is accepted from now on is accepted under the new settings.</summary>
internal sealed class DoorsChanged
{
    public static DoorsChanged Instance { get; } = new();
}
