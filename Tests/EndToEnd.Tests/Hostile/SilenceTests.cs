using System.Net.Sockets;
using System.Text;
using Gateway.Protocol;
using Testing;

namespace Socks64Actors.EndToEnd.Tests.Hostile;

/// <summary>Clients that stop in the middle, or all but.</summary>
public class SilenceTests
{
    private const string Greeting = "050100", PasswordGreeting = "050102";

    /// <summary>What a client says before it falls silent, and where it is by then.</summary>
    private static readonly (string Said, string Phase)[] Steps =
    [
        ("", "greeting"),
        ("05", "greeting"),
        ("05FF00", "greeting"),
        ("04010050", "greeting"),
        (PasswordGreeting, "authentication"),
        (PasswordGreeting + "0105616C", "authentication"),
        (Greeting, "request"),
        (Greeting + "05", "request"),
        (Greeting + "0501000309", "request"),
    ];

    [Fact]
    public async Task Silence_at_any_step_ends_with_the_time_for_the_handshake()
    {
        await using var gateway = await GatewayProcess.StartAsync("socks64.timeouts.handshake = 5s");
        await Task.WhenAll(Steps.Select(async step =>
        {
            using var client = await gateway.ConnectAsync();
            await client.SendAsync(Convert.FromHexString(step.Said));
            await EndOfAsync(client.Socket);
        }));
        var expected = Steps.Select(step => $"{step.Phase}: timed out").Order().ToList();
        await Eventually.Holds(() => TimedOut(gateway).SequenceEqual(expected), () => string.Join('\n', TimedOut(gateway)));
        gateway.HasNothingToReport();
        await gateway.IsAsBeforeAsync();
    }

    [Fact]
    public async Task An_octet_at_a_time_earns_no_more_time()
    {
        await using var gateway = await GatewayProcess.StartAsync("socks64.timeouts.handshake = 3s");
        using (var client = await gateway.ConnectAsync())
        {
            var name = SocksAddress.FromName(Encoding.ASCII.GetBytes(new string('a', 255)));
            var request = new SocksRequest(SocksCommand.Connect, RequestFlags.None, new SocksEndpoint(name, 80)).ToBytes();
            await client.SendAsync(Convert.FromHexString(Greeting));
            var ended = EndOfAsync(client.Socket);
            // At this pace the request would take twenty times as long as it may.
            for (var i = 0; !ended.IsCompleted && i < request.Length; i++)
            {
                try
                {
                    await client.SendAsync(request.AsMemory(i, 1));
                }
                catch (SocketException)
                {
                    break;
                }
                await Task.WhenAny(ended, Task.Delay(250));
            }
            await ended;
        }
        await Eventually.Holds(() => TimedOut(gateway).SequenceEqual(["request: timed out"]), gateway.LastWords);
        gateway.HasNothingToReport();
        await gateway.IsAsBeforeAsync();
    }

    private static IEnumerable<string> TimedOut(GatewayProcess gateway) => gateway.Reasons.Where(reason => reason.Contains("timed out")).Order();

    private static async Task EndOfAsync(Socket socket)
    {
        try
        {
            await socket.ReadToEndAsync();
        }
        catch (SocketException)
        {
        }
    }
}
