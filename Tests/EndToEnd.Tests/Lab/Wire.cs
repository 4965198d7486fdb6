namespace Socks64Actors.EndToEnd.Tests.Lab;

/// <summary>One link between two hosts, of one family: addresses NETWORK.1 and NETWORK.2, or NETWORK::1 and NETWORK::2.</summary>
public static class Wire
{
    /// <param name="near">The host with address 1.</param>
    /// <param name="nearDevice">Its interface.</param>
    /// <param name="far">The host with address 2.</param>
    /// <param name="farDevice">Its interface.</param>
    /// <param name="network">The first 24 bits of an IPv4 network (<c>10.64.1</c>), or 64 of an IPv6 one (<c>fd64:0:0:1</c>).</param>
    public static void Join(Host near, string nearDevice, Host far, string farDevice, string network)
    {
        Ip("link", "add", nearDevice, "netns", near.Name, "type", "veth", "peer", "name", farDevice, "netns", far.Name);
        foreach (var (host, device, number) in new[] { (near, nearDevice, 1), (far, farDevice, 2) })
        {
            if (network.Contains(':'))
                Ip("-n", host.Name, "addr", "add", $"{network}::{number}/64", "dev", device, "nodad");
            else
            {
                // Without its link-local address, which nobody asked for.
                host.Run("sysctl", ["-qw", $"net.ipv6.conf.{device}.disable_ipv6=1"]).MustSucceed();
                Ip("-n", host.Name, "addr", "add", $"{network}.{number}/24", "dev", device);
            }
            Ip("-n", host.Name, "link", "set", device, "up");
        }
    }

    public static void Ip(params string[] arguments) => Command.Run("ip", arguments).MustSucceed();
}
