using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Gateway.Protocol;

namespace SocksLib;

/// <summary>
/// One UDP association: a socket for the datagrams, and a control connection to each hop, which it lives as long as. Safe from any thread.
/// </summary>
internal sealed class UdpAssociation : IDisposable
{
    private readonly SocksClient _client;
    private readonly HopServer[] _way;
    private readonly Socket[] _controls;
    private readonly Socket _socket;
    private readonly DatagramTunnel _tunnel;
    private readonly NameIds? _ids;
    private volatile bool _isLost;

    /// <param name="links">To each hop, in the order of travel; the last one's reply may carry the ID of <paramref name="first"/>.</param>
    private UdpAssociation(SocksClient client, SocksEndpoint? first, ChainLink[] links)
    {
        _client = client;
        _way = [.. links[^1].Hops.Select(hop => hop.Server)];
        _controls = [.. links.Select(link => ((SocketChannel)link.Channel).Take(out _))];
        _tunnel = new DatagramTunnel([.. links.Select((link, hop) => DatagramTunnel.RelayOf(link.Reply, AddressOf(_way[hop])))]);
        _ids = client.UsesAddressIds ? new NameIds() : null;
        if (_ids is not null && first is { } target && links[^1].Reply.Bound.Address is { IsId: true } id) _ids.Call(target.Address, id);
        _socket = Connect(links[0].Channel.Local, _tunnel.Entrance);
        foreach (var control in _controls) _ = WatchAsync(control);
    }

    /// <summary>A hop has ended it, or it was closed here.</summary>
    public bool IsLost => _isLost;

    public IReadOnlyList<HopServer> Way => _way;

    public static async Task<UdpAssociation> OpenAsync(SocksClient client, SocksEndpoint? first, CancellationToken cancellation)
    {
        var isCombined = client.UsesAddressIds && first is { Address.IsName: true };
        var request = isCombined ? ControlChain.Associate with { Command = SocksCommand.UdpAssociateWithId, Destination = first!.Value } : ControlChain.Associate;
        var links = await client.LinkAllAsync(request, cancellation).ConfigureAwait(false);
        try
        {
            return new UdpAssociation(client, first, links);
        }
        catch
        {
            foreach (var link in links) link.Channel.Abort();
            throw;
        }
    }

    /// <summary>Octets in front of the data.</summary>
    public int Overhead(SocksEndpoint destination)
    {
        _ids?.TryCall(ref destination);
        return _tunnel.FrontLength + new UdpHeader(0, destination).Length;
    }

    /// <summary>Puts in place of a name what it is called here. False when the gateway has to be asked first.</summary>
    public bool TryCall(ref SocksEndpoint destination) => _ids is null || _ids.TryCall(ref destination);

    /// <summary>Asks the last hop for an ID of a name; a name it stays where there is none to be had.</summary>
    public async Task AskAsync(SocksAddress name, CancellationToken cancellation)
    {
        var id = name;
        try
        {
            var request = new SocksRequest(SocksCommand.AddressAssociate, RequestFlags.None, new SocksEndpoint(name, (ushort)AddressPreference.None));
            var answer = await _client.AskAsync(_way.Select(server => new[] { server }), request, cancellation).ConfigureAwait(false);
            if (answer.IsId) id = answer;
        }
        catch (SocksException)
        {
        }
        _ids!.Call(name, id);
    }

    /// <summary>Sends one datagram; false when the association is lost.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> data, SocksEndpoint destination, CancellationToken cancellation)
    {
        var header = new UdpHeader(0, destination);
        var start = _tunnel.FrontLength + header.Length;
        var length = start + data.Length;
        var datagram = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            data.CopyTo(datagram.AsMemory(start));
            _tunnel.Wrap(datagram, header.WriteBefore(datagram, start));
            await _socket.SendAsync(datagram.AsMemory(0, length), cancellation).ConfigureAwait(false);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            // The relay is gone, as an earlier datagram learned; the control connection will say so too.
            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException && _isLost)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(datagram);
        }
    }

    /// <summary>Octets of the next datagram, headers included; negative when the association is lost.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReceiveAsync(Memory<byte> datagram, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await _socket.ReceiveAsync(datagram, cancellation).ConfigureAwait(false);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
            {
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException && _isLost)
            {
                return -1;
            }
        }
    }

    /// <summary>Finds data and sender in a datagram; what did not come back through all hops, or is a fragment, is dropped.</summary>
    public bool TryRead(ReadOnlySpan<byte> datagram, out SocksEndpoint source, out ReadOnlySpan<byte> data)
    {
        source = default;
        data = default;
        if (!_tunnel.TryUnwrap(datagram, out var start) ||
            UdpHeader.Read(datagram[start..], out var header, out var length) != ReadStatus.Complete || !header.StandsAlone)
            return false;
        source = _ids is null ? header.Destination : _ids.Named(header.Destination);
        data = datagram[(start + length)..];
        return true;
    }

    public void Dispose()
    {
        _isLost = true;
        _socket.Dispose();
        foreach (var control in _controls) control.Dispose();
    }

    private static IpLiteral AddressOf(HopServer server) => server.Address.Address.TryGetIp(out var ip) ? ip : default;

    /// <summary>From the address that the gateway knows the client by, since it takes datagrams from nobody else (RFC 1928 §7).</summary>
    private static Socket Connect(LiteralEndpoint control, LiteralEndpoint relay)
    {
        var socket = new Socket(relay.ToIPEndPoint().AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (control.Address.Family == relay.Address.Family) socket.Bind(new IPEndPoint(control.Address.ToIPAddress(), 0));
            socket.Connect(relay.ToIPEndPoint());
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new SocksException(e.SocketErrorCode.Reply, $"datagrams to {relay}: {e.Message}");
        }
    }

    /// <summary>The association ends with any of its control connections; keepalive finds out about hosts that have vanished.</summary>
    private async Task WatchAsync(Socket control)
    {
        try
        {
            control.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            control.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 30);
            control.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
            control.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
            var nothing = new byte[1];
            while (await control.ReceiveAsync(nothing).ConfigureAwait(false) > 0)
            {
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
        Dispose();
    }
}
