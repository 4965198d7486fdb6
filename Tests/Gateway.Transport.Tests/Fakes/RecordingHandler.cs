namespace Gateway.Transport.Tests;

/// <summary>A handler that consumes and tells: octets, "finished", "drained", and the reason of the close.</summary>
internal sealed class RecordingHandler : Mailbox<object>, IConnectionHandler
{
    /// <summary>What to do with unread octets instead of consuming them all.</summary>
    public Action<Connection>? Readable { get; init; }

    public void OnReadable(Connection connection)
    {
        if (Readable is not null)
        {
            Readable(connection);
            return;
        }
        var octets = connection.Unread.ToArray();
        connection.Consume(octets.Length);
        Put(octets);
    }

    public void OnPeerFinished(Connection connection) => Put("finished");

    public void OnDrained(Connection connection) => Put("drained");

    public void OnClosed(Connection connection, CloseReason reason) => Put(reason);

    /// <summary>As many octets as wished, from as many reports as they take.</summary>
    public async Task<byte[]> Octets(int count)
    {
        var octets = new List<byte>();
        while (octets.Count < count)
            octets.AddRange(Assert.IsType<byte[]>(await Next()));
        return [.. octets];
    }
}
