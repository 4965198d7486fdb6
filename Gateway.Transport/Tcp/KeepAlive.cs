using Gateway.Transport.Linux;

namespace Gateway.Transport;

/// <summary>
/// TCP keepalive: first probe after <paramref name="Idle"/>, then every <paramref name="Interval"/>; the peer has vanished when
/// <paramref name="Probes"/> of them stay without answer. An idle time of zero turns it off.
/// </summary>
public readonly record struct KeepAlive(TimeSpan Idle, TimeSpan Interval, int Probes)
{
    /// <summary>60 s, then five probes 15 s apart: a vanished peer is noticed within 135 s.</summary>
    public static KeepAlive Default { get; } = new(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(15), 5);

    internal bool IsOn => Idle > TimeSpan.Zero;

    internal void Apply(int fd)
    {
        if (!IsOn)
            return;
        Libc.SetOption(fd, Sys.SOL_SOCKET, Sys.SO_KEEPALIVE, 1);
        Libc.SetOption(fd, Sys.IPPROTO_TCP, Sys.TCP_KEEPIDLE, (int)Idle.TotalSeconds);
        Libc.SetOption(fd, Sys.IPPROTO_TCP, Sys.TCP_KEEPINTVL, (int)Interval.TotalSeconds);
        Libc.SetOption(fd, Sys.IPPROTO_TCP, Sys.TCP_KEEPCNT, Probes);
    }
}
