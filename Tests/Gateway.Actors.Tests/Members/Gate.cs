using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Gateway.Actors.Tests.Members;

/// <summary>The only way to a member's remoting, which a test can close: connections end, and further ones are refused.</summary>
internal sealed class Gate : IAsyncDisposable
{
    private readonly IPEndPoint _outside;
    private readonly IPEndPoint _inside;
    private readonly ConcurrentDictionary<Socket, byte> _sockets = new();
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;

    public Gate(string host, int outside, int inside)
    {
        (_outside, _inside) = (new(IPAddress.Parse(host), outside), new(IPAddress.Parse(host), inside));
        Open();
    }

    public void Open()
    {
        var listener = new Socket(SocketType.Stream, ProtocolType.Tcp) { ExclusiveAddressUse = false };
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(_outside);
        listener.Listen();
        _listener = listener;
        _accepting = AcceptAsync(listener);
    }

    public async Task CloseAsync()
    {
        _listener?.Dispose();
        _listener = null;
        await _accepting;
        foreach (var socket in _sockets.Keys)
            socket.Dispose();
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                var outer = await listener.AcceptAsync();
                _sockets.TryAdd(outer, 0);
                _ = PassAsync(outer);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task PassAsync(Socket outer)
    {
        using var inner = new Socket(SocketType.Stream, ProtocolType.Tcp);
        _sockets.TryAdd(inner, 0);
        try
        {
            await inner.ConnectAsync(_inside);
            await using NetworkStream one = new(outer), other = new(inner);
            await Task.WhenAny(one.CopyToAsync(other), other.CopyToAsync(one));
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
        }
        finally
        {
            outer.Dispose();
            _sockets.TryRemove(outer, out _);
            _sockets.TryRemove(inner, out _);
        }
    }
}
