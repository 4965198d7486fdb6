using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Preload.Tests.Support;

/// <summary>
/// RFC 1928 §7 with an echo behind it. A name answers from an address that its client never saw, 203.0.113.N;
/// an address answers as itself. "inject PORT" has a stranger send to that port first. As gateways do, it serves the socket that sent first.
/// </summary>
internal sealed class FakeUdpRelay(FakeGateway gateway, NetworkStream control)
{
    private readonly ConcurrentDictionary<string, IPAddress> _names = new();

    public async Task RunAsync(IPEndPoint local)
    {
        using var socket = new UdpClient(new IPEndPoint(local.Address, 0));
        await control.WriteAsync(FakeSession.Reply(0, (IPEndPoint)socket.Client.LocalEndPoint!), gateway.Life);
        using var life = CancellationTokenSource.CreateLinkedTokenSource(gateway.Life);
        var relay = RelayAsync(socket, life.Token);
        await control.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, gateway.Life);
        await life.CancelAsync();
        await relay.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RelayAsync(UdpClient socket, CancellationToken life)
    {
        IPEndPoint? client = null;
        while (true)
        {
            var datagram = await socket.ReceiveAsync(life);
            client ??= datagram.RemoteEndPoint;
            if (!client.Equals(datagram.RemoteEndPoint))
                continue;
            var octets = datagram.Buffer;
            var length = octets[3] switch { 1 => 10, 4 => 22, _ => 7 + octets[4] };
            var port = octets[length - 2] << 8 | octets[length - 1];
            var source = octets[3] == 3 ? Named(Encoding.ASCII.GetString(octets, 5, octets[4])) : new IPAddress(octets[4..(length - 2)]);
            var payload = octets[length..];
            if (Encoding.ASCII.GetString(payload) is ['i', 'n', 'j', 'e', 'c', 't', ' ', .. var number])
                await InjectAsync(datagram.RemoteEndPoint, int.Parse(number, CultureInfo.InvariantCulture));
            if (port == 53)
                payload = FakeDestination.DnsAnswer(payload);
            await socket.SendAsync((byte[])[0, 0, 0, .. FakeSession.Address(new(source, port)), .. payload], datagram.RemoteEndPoint, life);
        }
    }

    /// <summary>"alias-of-NAME" has the address of NAME.</summary>
    private IPAddress Named(string name) =>
        _names.GetOrAdd(name.Replace("alias-of-", "", StringComparison.Ordinal), _ => IPAddress.Parse($"203.0.113.{_names.Count + 1}"));

    private static async Task InjectAsync(IPEndPoint program, int port)
    {
        using var stranger = new UdpClient(program.AddressFamily);
        await stranger.SendAsync((byte[])[0, 0, 0, 1, 203, 0, 113, 1, 0, 9, .. "forged"u8], new IPEndPoint(program.Address, port));
    }
}
