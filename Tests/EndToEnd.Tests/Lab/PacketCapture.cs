using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Socks64Actors.EndToEnd.Tests.Lab;

/// <summary>What tcpdump sees on an interface, a line for each packet, until it is disposed of.</summary>
public sealed partial class PacketCapture : IDisposable
{
    private readonly Host _host;
    private readonly Process _tcpdump;

    private PacketCapture(Host host, string device)
    {
        _host = host;
        _tcpdump = host.Start("tcpdump", "-i", device, "-nn", "-t", "-l", "--immediate-mode", "-Z", "root");
    }

    /// <summary>Returns once tcpdump listens.</summary>
    public static PacketCapture Start(Host host, string device)
    {
        var capture = new PacketCapture(host, device);
        var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(30);
        while (!host.Log(capture._tcpdump).Any(line => line.StartsWith("listening on ", StringComparison.Ordinal)))
        {
            Assert.True(DateTime.UtcNow < deadline && !capture._tcpdump.HasExited, $"tcpdump: {string.Join('\n', host.Log(capture._tcpdump))}");
            Thread.Sleep(20);
        }
        return capture;
    }

    /// <summary>The packets so far: <c>IP 10.65.1.1.40000 &gt; 10.65.1.2.1080: Flags [S], …</c></summary>
    public IReadOnlyList<string> Packets => [.. _host.Log(_tcpdump).Where(line => !Remark().IsMatch(line))];

    public void Dispose() => _host.Stop(_tcpdump);

    /// <summary>What tcpdump says of itself.</summary>
    [GeneratedRegex("^(tcpdump: |listening on |[0-9]+ packets? |$)")]
    private static partial Regex Remark();
}
