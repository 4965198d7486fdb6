using System.Threading.Channels;

namespace Gateway.Transport.Tests;

/// <summary>Things that happened on a loop, for a test that waits for them in order.</summary>
internal class Mailbox<T>
{
    private readonly Channel<T> _channel = Channel.CreateUnbounded<T>();

    public void Put(T item) => _channel.Writer.TryWrite(item);

    public Task<T> Next() => _channel.Reader.ReadAsync().AsTask().WaitAsync(TestLoop.Patience);

    public bool IsEmpty => _channel.Reader.Count == 0;
}
