using Gateway.Actors.Settings;
using Gateway.Transport;

namespace Gateway.Actors.Listeners;

/// <summary>A listener of the settings with the sockets that were opened for it, one per loop.</summary>
/// <param name="Number">Its place in the settings: <see cref="Access.Identity.Listener"/>.</param>
/// <param name="Settings">What the settings say.</param>
/// <param name="Local">Address and true port.</param>
public sealed record Door(int Number, ListenerSettings Settings, IpEndpoint Local)
{
    /// <summary>Whether somebody may come in without proving who it is; only there SOCKS4 is spoken.</summary>
    public bool IsOpen { get; } = Settings.Auth.Contains(ListenerAuth.None);

    /// <summary>Whether users may log in here.</summary>
    public bool TakesPasswords { get; } = Settings.Auth.Contains(ListenerAuth.Password);
}
