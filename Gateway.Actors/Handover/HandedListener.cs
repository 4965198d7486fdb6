using Gateway.Protocol;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Actors.Handover;

/// <summary>Sockets that listen already, at an address that settings name. Each has a backlog of its own, so each must be accepted from.</summary>
/// <param name="Number">Its place in the settings of the process that hands it on.</param>
/// <param name="Address">As the settings have it: port 0 took a free one.</param>
/// <param name="Sockets">Whoever takes one invalidates its handle.</param>
public sealed record HandedListener(int Number, LiteralEndpoint Address, IReadOnlyList<SafeFileHandle> Sockets) : IDisposable
{
    /// <summary>Somebody has all of its sockets.</summary>
    public bool IsTaken => Sockets.All(socket => socket.IsClosed);

    public void Dispose()
    {
        foreach (var socket in Sockets)
            socket.Dispose();
    }
}
