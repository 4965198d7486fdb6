using Gateway.Protocol;

namespace SocksLib.Tests;

/// <summary>One end of a connection on a <see cref="VirtualNetwork"/>.</summary>
internal sealed class VirtualChannel(VirtualNetwork network, LiteralEndpoint peer) : IChannel
{
    private byte[] _unread = [];
    private IChannelHandler? _handler;
    private string? _ended;

    public VirtualChannel Other { get; set; } = null!;

    /// <summary>All that was sent, and when.</summary>
    public List<(long At, byte[] Octets)> Sent { get; } = [];

    public bool IsAborted { get; private set; }

    public LiteralEndpoint Local => new(IpLiteral.Parse("10.0.0.1"), 40000);

    public LiteralEndpoint Peer => peer;

    public ReadOnlySpan<byte> Unread => _unread;

    public IChannelHandler? Handler
    {
        get => _handler;
        set
        {
            _handler = value;
            if (value is null) return;
            network.After(0, Show);
        }
    }

    public void Consume(int count) => _unread = _unread[count..];

    public bool Send(ReadOnlySpan<byte> octets)
    {
        if (IsAborted || _ended is not null) return false;
        Sent.Add((network.Milliseconds, octets.ToArray()));
        foreach (var segment in octets.ToArray().Chunk(network.SegmentSize))
            network.After(network.Latency, () => Other.Receive(segment));
        return true;
    }

    /// <summary>Closes after what was sent.</summary>
    public void Close(string cause = "closed")
    {
        if (IsAborted) return;
        IsAborted = true;
        network.After(network.Latency, () => Other.End(cause));
    }

    /// <summary>The other side has gone, and this one will notice when it sends.</summary>
    public void Break() => _ended = "closed";

    public void Abort() => Close("Connection reset by peer");

    private void Receive(byte[] octets)
    {
        if (IsAborted || _ended is not null) return;
        _unread = [.. _unread, .. octets];
        Show();
    }

    private void End(string cause)
    {
        if (IsAborted || _ended is not null) return;
        _ended = cause;
        _handler?.OnEnded(this, cause);
    }

    private void Show()
    {
        if (IsAborted || _handler is null) return;
        if (_unread.Length > 0) _handler.OnReadable(this);
    }
}
