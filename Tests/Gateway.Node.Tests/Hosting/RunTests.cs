using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Gateway.Protocol;

namespace Gateway.Node.Tests.Hosting;

/// <summary>The process from READY to its end.</summary>
public class RunTests
{
    private const string FreePort = "socks64.listeners = [{ address = \"127.0.0.1:0\" }]\nsocks64.admin.address = off\n";

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_drains_and_ends_it_with_0(string signal)
    {
        using var file = new SettingsFile(FreePort);
        await using var socks64 = Socks64.Start("-c", file.Name);
        var log = socks64.ErrorToEndAsync();
        await socks64.ReadyAsync();
        socks64.Signal(signal);
        Assert.Equal(0, await socks64.EndAsync());
        var events = (await log).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString());
        Assert.Equal(["started", "draining", "stopped"], events.Where(name => name != "log"));
    }

    [Fact]
    public async Task Ready_names_the_true_ports_and_a_client_is_served_there()
    {
        using var target = new TcpListener(IPAddress.Loopback, 0);
        target.Start();
        using var file = new SettingsFile(FreePort);
        await using var socks64 = Socks64.Start("run", "-c", file.Name);
        var log = socks64.ErrorToEndAsync();
        var gateway = IPEndPoint.Parse(Assert.Single(await socks64.ReadyAsync()));
        Assert.NotEqual(0, gateway.Port);

        using var client = new TcpClient();
        await client.ConnectAsync(gateway);
        var stream = client.GetStream();
        await stream.WriteAsync(MethodOffer.Of(AuthMethod.NoAuthentication).ToBytes());
        await stream.WriteAsync(new SocksRequest(SocksCommand.Connect, RequestFlags.None, SocksEndpoint.From((IPEndPoint)target.LocalEndpoint)).ToBytes());
        using var far = await target.AcceptSocketAsync().WaitAsync(TimeSpan.FromSeconds(30));
        var answer = new byte[12];
        await stream.ReadExactlyAsync(answer);
        Assert.Equal([5, 0, 5, 0], answer[..4]);
        far.Dispose();
        client.Dispose();

        socks64.Signal("TERM");
        Assert.Equal(0, await socks64.EndAsync());
        var session = (await log).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
            .Single(record => record.GetProperty("event").GetString() == "session");
        Assert.Equal("connect", session.GetProperty("command").GetString());
        Assert.Equal(target.LocalEndpoint.ToString(), session.GetProperty("destination").GetString());
        Assert.Equal("direct", session.GetProperty("via").GetString());
    }

    [Theory]
    [InlineData(">&-")]
    [InlineData(">/dev/full")]
    public async Task Without_anybody_to_tell_READY_it_serves_all_the_same(string redirection)
    {
        using var file = new SettingsFile(FreePort);
        await using var socks64 = Socks64.StartRedirected(redirection, "-c", file.Name);
        await socks64.LogUntilAsync("standard-output");
        socks64.Signal("TERM");
        Assert.Equal(0, await socks64.EndAsync());
    }

    [Theory]
    [InlineData("2>&-")]
    [InlineData("2>/dev/full")]
    public async Task Without_standard_error_it_serves_without_a_log(string redirection)
    {
        using var file = new SettingsFile(FreePort);
        await using var socks64 = Socks64.StartRedirected(redirection, "-c", file.Name);
        await socks64.ReadyAsync();
        socks64.Signal("TERM");
        Assert.Equal(0, await socks64.EndAsync());
    }

    [Fact]
    public async Task A_second_signal_does_not_wait_for_the_sessions()
    {
        using var file = new SettingsFile(FreePort + "socks64.timeouts { handshake = 10m, drain = 10m }");
        await using var socks64 = Socks64.Start("-c", file.Name);
        using var client = new TcpClient();
        await client.ConnectAsync(IPEndPoint.Parse(Assert.Single(await socks64.ReadyAsync())));
        await client.GetStream().WriteAsync(MethodOffer.Of(AuthMethod.NoAuthentication).ToBytes());
        await client.GetStream().ReadExactlyAsync(new byte[2]);
        socks64.Signal("TERM");
        // Two that wait for a busy process are one.
        await socks64.LogUntilAsync("draining");
        socks64.Signal("TERM");
        Assert.Equal(1, await socks64.EndAsync());
    }

    [Fact]
    public async Task A_taken_port_exits_69_and_says_so()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var file = new SettingsFile($"socks64.listeners = [{{ address = \"{taken.LocalEndpoint}\" }}]");
        var (code, output, error) = await Socks64.RunAsync("", "-c", file.Name);
        Assert.Equal((69, ""), (code, output));
        Assert.Contains("start-failed", error);
        Assert.Contains(taken.LocalEndpoint.ToString()!, error);
    }
}
