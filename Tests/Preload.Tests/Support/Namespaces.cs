namespace Preload.Tests.Support;

/// <summary>
/// A host with one family only and a gateway with that family to it, in network namespaces of their own. The gateway's
/// other side is the destination: it has the addresses that the names in its hosts file mean, of both families.
/// </summary>
internal sealed class Namespaces : IDisposable
{
    public const string Client = "10.64.1.2", Gateway = "10.64.1.1", Ipv6Only = "fd64:9::9", Ipv4Only = "10.64.9.9";
    public const string Gateway6 = "fd64:1::1";
    private static int _count;

    private readonly string _id = $"s64-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}";

    public Namespaces(bool ipv6 = false)
    {
        Must("ip", "netns", "add", Host);
        Must("ip", "netns", "add", Far);
        Must("ip", "link", "add", "up0", "netns", Host, "type", "veth", "peer", "name", "up0", "netns", Far);
        foreach (var (name, address) in new[] { (Host, ipv6 ? "fd64:1::2/64" : $"{Client}/24"), (Far, ipv6 ? $"{Gateway6}/64" : $"{Gateway}/24") })
        {
            Must("ip", ["-n", name, "addr", "add", address, "dev", "up0", .. ipv6 ? new[] { "nodad" } : []]);
            Must("ip", "-n", name, "link", "set", "up0", "up");
            Must("ip", "-n", name, "link", "set", "lo", "up");
        }
        Must("ip", "-n", Host, "route", "add", "default", "via", ipv6 ? Gateway6 : Gateway);
        Must("ip", "-n", Far, "addr", "add", $"{Ipv6Only}/128", "dev", "lo");
        Must("ip", "-n", Far, "addr", "add", $"{Ipv4Only}/32", "dev", "lo");
    }

    public string Host => _id + "-c";

    public string Far => _id + "-g";

    public void Dispose()
    {
        Execution.Run("ip", ["netns", "del", Host], []);
        Execution.Run("ip", ["netns", "del", Far], []);
    }

    private static void Must(string program, params string[] arguments)
    {
        var outcome = Execution.Run(program, arguments, []);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
    }
}
