namespace Preload.Tests.Support;

/// <summary>
/// A host with IPv4 only and a gateway with IPv4 to it, in network namespaces of their own. The gateway's other side is
/// the destination: it has the addresses that the names in its hosts file mean, IPv6 among them.
/// </summary>
internal sealed class Namespaces : IDisposable
{
    public const string Client = "10.64.1.2", Gateway = "10.64.1.1", Ipv6Only = "fd64:9::9";

    private readonly string _id = $"s64-{Environment.ProcessId}";

    public Namespaces()
    {
        Must("ip", "netns", "add", Host);
        Must("ip", "netns", "add", Far);
        Must("ip", "link", "add", "up0", "netns", Host, "type", "veth", "peer", "name", "up0", "netns", Far);
        foreach (var (name, address) in new[] { (Host, Client), (Far, Gateway) })
        {
            Must("ip", "-n", name, "addr", "add", $"{address}/24", "dev", "up0");
            Must("ip", "-n", name, "link", "set", "up0", "up");
            Must("ip", "-n", name, "link", "set", "lo", "up");
        }
        Must("ip", "-n", Host, "route", "add", "default", "via", Gateway);
        Must("ip", "-n", Far, "addr", "add", $"{Ipv6Only}/128", "dev", "lo");
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
