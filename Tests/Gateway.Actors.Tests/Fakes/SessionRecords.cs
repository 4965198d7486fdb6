using System.Threading.Channels;
using Gateway.Actors.Sessions;
using Testing;

namespace Gateway.Actors.Tests.Fakes;

/// <summary>The records of sessions, for a test that waits for them.</summary>
internal sealed class SessionRecords : ISessionLog
{
    private readonly Channel<SessionRecord> _closed = Channel.CreateUnbounded<SessionRecord>();

    public void Closed(SessionRecord record) => _closed.Writer.TryWrite(record);

    public Task<SessionRecord> NextAsync() => _closed.Reader.ReadAsync().AsTask().WaitAsync(Eventually.Patience);
}
