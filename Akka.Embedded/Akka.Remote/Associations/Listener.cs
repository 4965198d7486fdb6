using System.Net;
using System.Net.Sockets;
using Akka.Event;
using Akka.Remote.Wire;

namespace Akka.Remote.Associations;

/// <summary>
/// The door. Strangers have the handshake timeout to say who they are; when too many stand in it, the one who has waited longest goes.
/// When the process has no file descriptors left, accepting pauses.
/// </summary>
internal sealed class Listener : IDisposable
{
    /// <summary>How many connections may be in their handshake.</summary>
    public const int MaximumStrangers = 256;

    private static readonly TimeSpan PauseWhenExhausted = TimeSpan.FromMilliseconds(200);

    private readonly Remoting _remoting;
    private readonly Socket _socket;
    private readonly Lock _lock = new();
    private readonly LinkedList<Connection> _strangers = new();
    private volatile bool _closed;

    /// <exception cref="SocketException">The address cannot be had.</exception>
    public Listener(Remoting remoting, IPEndPoint endpoint, int backlog)
    {
        _remoting = remoting;
        _socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endpoint.Address.Equals(IPAddress.IPv6Any))
                _socket.DualMode = true;
            _socket.Bind(endpoint);
            _socket.Listen(backlog);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }

        Port = ((IPEndPoint)_socket.LocalEndPoint!).Port;
    }

    /// <summary>The one that was asked for, or the one that was given for 0.</summary>
    public int Port { get; }

    /// <summary>How many connections are in their handshake.</summary>
    public int Strangers
    {
        get
        {
            lock (_lock)
                return _strangers.Count;
        }
    }

    public void Start() => _ = Task.Run(AcceptAsync);

    public void Dispose()
    {
        _closed = true;
        _socket.Dispose();
        lock (_lock)
        {
            foreach (var stranger in _strangers)
                stranger.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        while (!_closed)
        {
            try
            {
                var socket = await _socket.AcceptAsync().ConfigureAwait(false);
                _ = WelcomeAsync(socket);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e) when (!_closed)
            {
                if (_remoting.MayLogBadInput(out _))
                    _remoting.Log.Error("Accepting connections pauses: {0}", e.Message);
                await Task.Delay(PauseWhenExhausted).ConfigureAwait(false);
            }
            catch (SocketException)
            {
                return;
            }
        }
    }

    private async Task WelcomeAsync(Socket socket)
    {
        Connection? connection = null;
        try
        {
            _remoting.Tune(socket);
            connection = new Connection(socket, Handshake.MaximumFrame);
            var hello = await ShakeHandsAsync(connection).ConfigureAwait(false);
            await _remoting.AdmitAsync(connection, hello).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            if (!_closed && _remoting.MayLogBadInput(out var suppressed))
            {
                _remoting.Log.Warning(
                    "Refused a connection from [{0}]: {1}{2}",
                    connection?.Remote, e is OperationCanceledException ? "no handshake in time" : e.Message, Remoting.AndMore(suppressed));
            }
        }
        finally
        {
            connection?.Dispose();
            socket.Dispose();
        }
    }

    private async Task<Hello> ShakeHandsAsync(Connection connection)
    {
        var place = Enter(connection);
        try
        {
            using var deadline = new CancellationTokenSource(_remoting.Settings.HandshakeTimeout);
            if (_remoting.Settings.Tls is { } tls)
                await connection.SecureAsync(tls.AcceptAsync, deadline.Token).ConfigureAwait(false);
            return await Handshake.AcceptAsync(
                connection, _remoting.LocalAddress, _remoting.Uid, _remoting.Settings.Secret, _remoting.Judge, deadline.Token).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                if (place.List is not null)
                    _strangers.Remove(place);
            }
        }
    }

    private LinkedListNode<Connection> Enter(Connection connection)
    {
        Connection? pushedOut = null;
        LinkedListNode<Connection> place;
        lock (_lock)
        {
            if (_strangers.Count >= MaximumStrangers)
            {
                pushedOut = _strangers.First!.Value;
                _strangers.RemoveFirst();
            }

            place = _strangers.AddLast(connection);
        }

        pushedOut?.Dispose();
        return place;
    }
}
