using System.Net;
using System.Net.Sockets;

namespace Gateway.Node.Tests.Admin;

/// <summary>Where the operator's door is, as the executable tells it.</summary>
public class AddressTests
{
    private const string Listener = "socks64.listeners = [{ address = \"127.0.0.1:0\" }]\n";

    [Fact]
    public async Task Port_0_takes_a_free_one_and_the_log_says_which()
    {
        using var file = new SettingsFile(Listener + "socks64.admin.address = \"127.0.0.1:0\"");
        await using var socks64 = Socks64.Start("-c", file.Name);
        await socks64.ReadyAsync();
        var message = (await socks64.LogUntilAsync("admin"))[^1].GetProperty("message").GetString()!;
        var address = new Uri(message["admin at ".Length..]);
        using var http = new HttpClient();
        Assert.Equal("ok\n", await http.GetStringAsync(new Uri(address, "/healthz")));
        socks64.Signal("TERM");
        Assert.Equal(0, await socks64.EndAsync());
    }

    [Fact]
    public async Task A_taken_address_that_was_asked_for_exits_69_and_says_so()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var file = new SettingsFile(Listener + $"socks64.admin.address = \"{taken.LocalEndpoint}\"");
        var (code, output, error) = await Socks64.RunAsync("", "-c", file.Name);
        Assert.Equal((69, ""), (code, output));
        Assert.Contains("start-failed", error);
        Assert.Contains(taken.LocalEndpoint.ToString()!, error);
    }
}
