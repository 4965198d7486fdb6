using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Node.Hosting;

/// <summary>Tells systemd how the service is doing (<c>Type=notify</c>, sd_notify(3)).</summary>
internal static class ServiceManager
{
    /// <summary>Settings are being read again, as of now; <c>READY=1</c> says when that is over (<c>Type=notify-reload</c> needs the time).</summary>
    public static void NotifyReloading() =>
        Notify(string.Create(CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000)}"));

    /// <summary>Another process is the service from now on. Only the present one may say so (<c>NotifyAccess=main</c>).</summary>
    public static void NotifyFollowed(int process) => Notify(string.Create(CultureInfo.InvariantCulture, $"MAINPID={process}"));

    /// <summary>Does nothing when no service manager started this process.</summary>
    public static void Notify(string state)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 0 } path)
            return;
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(path[0] == '@' ? "\0" + path[1..] : path));
            socket.Send(Encoding.UTF8.GetBytes(state));
        }
        catch (SocketException)
        {
            // A service manager that does not listen is none.
        }
    }
}
