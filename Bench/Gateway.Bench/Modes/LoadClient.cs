using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Bench;

/// <summary>
/// A client on the bench's loop: connects to the server, speaks SOCKS when the server does, then sends a message and waits for its echo,
/// once per connection or again and again.
/// </summary>
internal sealed class LoadClient : IDialHandler, IConnectionHandler
{
    private readonly Dialer _dialer;
    private readonly DialTarget _server;
    private readonly bool _speaksSocks, _keepsOpen;
    private readonly byte[] _request, _message;
    private readonly LoadCounter _counter;
    private Connection? _connection;
    private int _step, _echoed;

    public LoadClient(Dialer dialer, RunningServer server, IpEndpoint target, int messageLength, bool keepsOpen, LoadCounter counter)
    {
        (_dialer, _keepsOpen, _counter) = (dialer, keepsOpen, counter);
        _server = new DialTarget(IpEndpoint.LoopbackV4.WithPort(server.Port));
        _speaksSocks = server.Spec.SpeaksSocks;
        _request = SocksDialogue.Request(SocksCommand.Connect, target);
        _message = new byte[messageLength];
    }

    public void Begin()
    {
        if (!_counter.Stopped)
            _dialer.Start(_server, this);
    }

    public void OnConnected(Dial dial, Connection connection, int attempts)
    {
        _connection = connection;
        connection.Handler = this;
        if (_speaksSocks)
            connection.Send([5, 1, 0]);
        else
            connection.Send(_message);
        (_step, _echoed) = (_speaksSocks ? 0 : 2, 0);
    }

    public void OnDialFailed(Dial dial, in DialFailure failure)
    {
        _counter.Failures++;
        _dialer.Loop.Schedule(TimeSpan.FromMilliseconds(20), Begin);
    }

    public void OnReadable(Connection connection)
    {
        if (_step == 0 && connection.Unread.Length >= 2)
            Next(connection, 2, _request);
        if (_step == 1 && connection.Unread.Length >= 10)
            Next(connection, 10, _message);
        if (_step < 2)
            return;
        _echoed += connection.Unread.Length;
        connection.Consume(connection.Unread.Length);
        if (_echoed < _message.Length)
            return;
        _counter.Done++;
        if (_counter.Stopped || !_keepsOpen)
            connection.Close();
        else
        {
            _echoed = 0;
            connection.Send(_message);
        }
    }

    public void OnPeerFinished(Connection connection)
    {
        _counter.Failures++;
        connection.Close();
    }

    public void OnClosed(Connection connection, CloseReason reason)
    {
        if (reason.Kind == CloseKind.Failed)
            _counter.Failures++;
        _connection = null;
        Begin();
    }

    public void Stop() => _connection?.Abort();

    private void Next(Connection connection, int consumed, byte[] message)
    {
        connection.Consume(consumed);
        connection.Send(message);
        _step++;
    }
}

/// <summary>What the clients of a run have done.</summary>
internal sealed class LoadCounter
{
    public long Done, Failures;
    public volatile bool Stopped;
}
