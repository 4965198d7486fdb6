using System.Diagnostics;

namespace Akka.Embedded.Tests.Processes;

/// <summary>Two network namespaces and a cable between them.</summary>
internal sealed class VirtualLink : IDisposable
{
    private readonly string _leftDevice;
    private readonly string _rightDevice;

    public VirtualLink(int number)
    {
        var id = $"ak{Environment.ProcessId % 100_000}x{number % 100}";
        (LeftNetns, RightNetns) = ($"{id}l", $"{id}r");
        (_leftDevice, _rightDevice) = ($"{id}a", $"{id}b");
        Ip("netns", "add", LeftNetns);
        Ip("netns", "add", RightNetns);
        Ip("link", "add", _leftDevice, "netns", LeftNetns, "type", "veth", "peer", "name", _rightDevice, "netns", RightNetns);
        Ip("-n", LeftNetns, "addr", "add", $"{Left}/24", "dev", _leftDevice);
        Ip("-n", RightNetns, "addr", "add", $"{Right}/24", "dev", _rightDevice);
        Ip("-n", LeftNetns, "link", "set", "lo", "up");
        Ip("-n", RightNetns, "link", "set", "lo", "up");
        Ip("-n", RightNetns, "link", "set", _rightDevice, "up");
        Up();
    }

    public string LeftNetns { get; }

    public string RightNetns { get; }

    public string Left => "192.0.2.1";

    public string Right => "192.0.2.2";

    public static bool IsPossible => Environment.UserName == "root" && File.Exists("/proc/self/ns/net") && TryIp("netns", "list");

    public void Down() => Ip("-n", LeftNetns, "link", "set", _leftDevice, "down");

    public void Up() => Ip("-n", LeftNetns, "link", "set", _leftDevice, "up");

    public void Dispose()
    {
        TryIp("netns", "del", LeftNetns);
        TryIp("netns", "del", RightNetns);
    }

    private static void Ip(params string[] arguments)
    {
        if (!TryIp(arguments))
            throw new InvalidOperationException($"ip {string.Join(" ", arguments)} failed");
    }

    private static bool TryIp(params string[] arguments)
    {
        try
        {
            using var ip = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            ip.WaitForExit();
            return ip.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
