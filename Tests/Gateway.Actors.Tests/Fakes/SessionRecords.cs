using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Gateway.Actors.Records;
using Gateway.Actors.Sessions;
using Testing;

namespace Gateway.Actors.Tests.Fakes;

/// <summary>The records of sessions, for a test that waits for them.</summary>
internal sealed class SessionRecords : ISessionLog
{
    private readonly Channel<SessionRecord> _closed = Channel.CreateUnbounded<SessionRecord>();

    public Task WriteAsync(IReadOnlyList<SessionRecord> closed)
    {
        foreach (var record in closed)
            _closed.Writer.TryWrite(record);
        return Task.CompletedTask;
    }

    /// <summary>One that is there already.</summary>
    public bool TryNext([NotNullWhen(true)] out SessionRecord? record) => _closed.Reader.TryRead(out record);

    public Task<SessionRecord> NextAsync() => _closed.Reader.ReadAsync().AsTask().WaitAsync(Eventually.Patience);
}
