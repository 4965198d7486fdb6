using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Gateway.Protocol;

namespace Gateway.Node.Tests.Hosting;

/// <summary>SIGHUP to the real process.</summary>
public class ReloadTests
{
    private const string OneDoor = "socks64.listeners = [{ address = \"127.0.0.1:0\" }]\nsocks64.admin.address = off\n";

    [Fact]
    public async Task A_bad_file_changes_nothing_and_the_log_says_why()
    {
        using var file = new SettingsFile(OneDoor);
        await using var socks64 = Socks64.Start("-c", file.Name);
        var door = Assert.Single(await socks64.ReadyAsync());

        await File.WriteAllTextAsync(file.Name, OneDoor + "socks64.max-hop = 3");
        socks64.Signal("HUP");

        var problem = (await socks64.LogUntilAsync("reload-refused")).Single(record => Is(record, "setting"));
        Assert.Equal(("error", $"{file.Name}:3: socks64.max-hop: unknown key; did you mean \"max-hops\"?"), (Text(problem, "level"), Text(problem, "message")));
        Assert.Equal(0, await GreetAsync(door));

        await File.WriteAllTextAsync(file.Name, OneDoor + "socks64.max-hops = 3");
        socks64.Signal("HUP");
        Assert.Contains(await socks64.LogUntilAsync("reloaded"), record => Is(record, "setting") && Text(record, "message") == "added socks64.max-hops = 3");
        socks64.Signal("TERM");
        Assert.Equal(0, await socks64.EndAsync());
    }

    [Fact]
    public async Task A_new_listener_serves_beside_the_one_that_was_there()
    {
        using var file = new SettingsFile(OneDoor);
        await using var socks64 = Socks64.Start("-c", file.Name);
        var door = Assert.Single(await socks64.ReadyAsync());

        await File.WriteAllTextAsync(file.Name, OneDoor.Replace("[{", "[{ address = \"127.0.0.1:0\" }, {", StringComparison.Ordinal));
        socks64.Signal("HUP");

        var opened = (await socks64.LogUntilAsync("reloaded")).Single(record => Is(record, "listener"));
        Assert.Equal(0, await GreetAsync(door));
        Assert.Equal(0, await GreetAsync(Text(opened, "message").Split(' ').Single(word => word.Contains(':'))));
    }

    [Fact]
    public async Task The_service_manager_hears_when_a_reload_begins_and_ends()
    {
        using var file = new SettingsFile(OneDoor);
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        var path = Path.Join(Path.GetTempPath(), $"s64-{Guid.NewGuid():N}");
        manager.Bind(new UnixDomainSocketEndPoint(path));
        try
        {
            await using var socks64 = Socks64.Start(new Dictionary<string, string> { ["NOTIFY_SOCKET"] = path }, "-c", file.Name);
            Assert.Equal("READY=1", await HearAsync(manager));

            var asked = Microseconds();
            socks64.Signal("HUP");
            var reloading = (await HearAsync(manager)).Split('\n');
            Assert.Equal("RELOADING=1", reloading[0]);
            Assert.StartsWith("MONOTONIC_USEC=", reloading[1]);
            Assert.InRange(long.Parse(reloading[1].Split('=')[1], CultureInfo.InvariantCulture), asked, Microseconds());
            Assert.Equal("READY=1", await HearAsync(manager));

            socks64.Signal("TERM");
            Assert.Equal("STOPPING=1", await HearAsync(manager));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static long Microseconds() => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000);

    private static async Task<string> HearAsync(Socket manager)
    {
        var buffer = new byte[1024];
        return Encoding.UTF8.GetString(buffer, 0, await manager.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(60)));
    }

    /// <summary>The method that the gateway takes.</summary>
    private static async Task<int> GreetAsync(string door)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPEndPoint.Parse(door));
        await client.GetStream().WriteAsync(MethodOffer.Of(AuthMethod.NoAuthentication).ToBytes());
        var choice = new byte[2];
        await client.GetStream().ReadExactlyAsync(choice);
        return choice[1];
    }

    private static bool Is(JsonElement record, string name) => Text(record, "event") == name;

    private static string Text(JsonElement record, string field) => record.GetProperty(field).GetString()!;
}
