using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Preload.Tests.Support;

/// <summary>One connection to a <see cref="FakeGateway"/>.</summary>
internal sealed class FakeSession(FakeGateway gateway, TcpClient client)
{
    private static readonly IPEndPoint Bound = new(IPAddress.Parse("198.51.100.9"), 4321);
    private readonly NetworkStream _stream = client.GetStream();

    public async Task RunAsync()
    {
        if (!gateway.ExpectsFlight && !await NegotiateAsync())
            return;
        if (gateway.ExpectsFlight)
            await ReadOctetsAsync(3 + (gateway.Login is { } login ? login.Length + 2 : 0));
        var head = await ReadOctetsAsync(4);
        var (host, port) = await ReadAddressAsync(head[3]);
        gateway.Requests.Enqueue($"{(Command)head[1]} {host}:{port}");
        if (gateway.ExpectsFlight)
            await _stream.WriteAsync(gateway.Login is null ? new byte[] { 5, 0 } : [5, 2, 1, 0], gateway.Life);
        await ((Command)head[1] switch
        {
            Command.Bind => BindAsync(),
            Command.Udp => new FakeUdpRelay(gateway, _stream).RunAsync((IPEndPoint)client.Client.LocalEndPoint!),
            _ => ConnectAsync(host, port),
        });
    }

    private enum Command : byte { Connect = 1, Bind = 2, Udp = 3 }

    private async Task<byte[]> ReadOctetsAsync(int count)
    {
        var octets = new byte[count];
        await _stream.ReadExactlyAsync(octets, gateway.Life);
        return octets;
    }

    private async Task<bool> NegotiateAsync()
    {
        var methods = await ReadOctetsAsync((await ReadOctetsAsync(2))[1]);
        byte wanted = (byte)(gateway.Login is null ? 0 : 2);
        await _stream.WriteAsync(new byte[] { 5, methods.Contains(wanted) ? wanted : (byte)0xff }, gateway.Life);
        if (gateway.Login is null || !methods.Contains(wanted))
            return methods.Contains(wanted);
        var user = Encoding.ASCII.GetString(await ReadOctetsAsync((await ReadOctetsAsync(2))[1]));
        var password = Encoding.ASCII.GetString(await ReadOctetsAsync((await ReadOctetsAsync(1))[0]));
        var right = $"{user}:{password}" == gateway.Login;
        await _stream.WriteAsync(new byte[] { 1, (byte)(right ? 0 : 1) }, gateway.Life);
        return right;
    }

    private async Task<(string Host, int Port)> ReadAddressAsync(byte type)
    {
        var host = type == 3
            ? Encoding.ASCII.GetString(await ReadOctetsAsync((await ReadOctetsAsync(1))[0]))
            : new IPAddress(await ReadOctetsAsync(type == 1 ? 4 : 16)).ToString();
        return (host, BinaryPrimitives.ReadUInt16BigEndian(await ReadOctetsAsync(2)));
    }

    private async Task ConnectAsync(string host, int port)
    {
        await StageAsync(host);
        var code = host.Contains("reply-", StringComparison.Ordinal) ? Number(host[host.IndexOf("reply-", StringComparison.Ordinal)..]) : 0;
        var bound = host.StartsWith("six-bound", StringComparison.Ordinal) ? new IPEndPoint(IPAddress.Parse("2001:db8::9"), 4321) : Bound;
        var reply = Reply(code, bound);
        if (host.StartsWith("greeter", StringComparison.Ordinal))
            reply = [.. reply, .. "welcome"u8];
        if (host.StartsWith("drip", StringComparison.Ordinal))
            await DripAsync(reply);
        else
            await _stream.WriteAsync(reply, gateway.Life);
        if (code == 0)
            await new FakeDestination(_stream, gateway.Life).ServeAsync(port);
    }

    /// <summary>What has to happen before the answer, or beside it.</summary>
    private async Task StageAsync(string host)
    {
        if (host.StartsWith("held", StringComparison.Ordinal))
        {
            gateway.Arrived.Release();
            await gateway.Released.WaitAsync(gateway.Life);
        }
        else if (host.StartsWith("await-", StringComparison.Ordinal))
            await gateway.Arrived.WaitAsync(gateway.Life);
        else if (host.StartsWith("release-", StringComparison.Ordinal))
            gateway.Released.Release(Number(host));
        else if (host.StartsWith("caller", StringComparison.Ordinal) && gateway.Listening.TryPop(out var waiting))
            waiting.SetResult(new(IPAddress.Parse(host.Contains("six", StringComparison.Ordinal) ? "2001:db8::77" : "198.51.100.77"), 7));
        else if (host.StartsWith("silent", StringComparison.Ordinal))
            await Task.Delay(Timeout.Infinite, gateway.Life);
    }

    private static int Number(string host) =>
        int.Parse(host.Split('-', '.')[1], CultureInfo.InvariantCulture);

    private async Task DripAsync(byte[] reply)
    {
        foreach (var octet in reply)
        {
            await _stream.WriteAsync(new[] { octet }, gateway.Life);
            await Task.Delay(1, gateway.Life);
        }
    }

    private async Task BindAsync()
    {
        var caller = new TaskCompletionSource<IPEndPoint>(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Listening.Push(caller);
        gateway.Listened.Release();
        await _stream.WriteAsync(Reply(0, new(IPAddress.Parse("198.51.100.1"), 4000 + gateway.Requests.Count)), gateway.Life);
        var peer = await caller.Task.WaitAsync(gateway.Life);
        await _stream.WriteAsync(Reply(0, peer), gateway.Life);
        await new FakeDestination(_stream, gateway.Life).ServeAsync(7);
    }

    /// <summary>RFC 1928 §6.</summary>
    public static byte[] Reply(int code, IPEndPoint bound) =>
        [5, (byte)code, 0, .. Address(bound)];

    /// <summary>ATYP, address and port.</summary>
    public static byte[] Address(IPEndPoint endpoint) =>
    [
        (byte)(endpoint.AddressFamily == AddressFamily.InterNetwork ? 1 : 4), .. endpoint.Address.GetAddressBytes(),
        (byte)(endpoint.Port >> 8), (byte)endpoint.Port,
    ];
}
