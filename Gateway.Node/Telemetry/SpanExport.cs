using System.Threading.Channels;
using Gateway.Actors.Records;
using Gateway.Actors.Sessions;

namespace Gateway.Node.Telemetry;

/// <summary>
/// Takes the records of sessions on their way to the log, and sends them as spans:
/// <code>
/// records ──► the log
///    └─ sampled ──► channel, bounded ──batches──► the collector, one request at a time, again until it answers
///                      └── full, or refused: dropped and counted
/// </code>
/// A collector that is slow or away holds back neither the log nor a relay.
/// </summary>
internal sealed class SpanExport : ISessionLog, IAsyncDisposable
{
    private const int MostPerBatch = 512;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly ISessionLog _log;
    private readonly OtlpClient _client;
    private readonly SpanEncoder _encoder;
    private readonly TraceSampler _sampler;
    private readonly ExportNews _news;
    private readonly TimeSpan _gathering;
    private readonly Channel<SessionRecord> _closed;
    private readonly CancellationTokenSource _noMore = new();
    private readonly Task _sending;
    private long _sent, _dropped;

    /// <param name="log">Gets all records, sampled or not.</param>
    /// <param name="source">With an endpoint.</param>
    /// <param name="capacity">Sessions that may wait.</param>
    /// <param name="gathering">How long sessions wait for others to go with them.</param>
    public SpanExport(ISessionLog log, OtlpClient client, TelemetrySource source, ExportNews news, int capacity = 1 << 13, TimeSpan? gathering = null)
    {
        (_log, _client, _news) = (log, client, news);
        _encoder = new SpanEncoder(source);
        _sampler = new TraceSampler(source.Settings.Sampling);
        _gathering = gathering ?? TimeSpan.FromSeconds(1);
        _closed = Channel.CreateBounded<SessionRecord>(new BoundedChannelOptions(capacity) { SingleReader = true });
        _sending = Task.Run(SendAsync);
    }

    /// <summary>Sessions whose spans the collector has.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Sessions whose spans it never got: too many were waiting, or it refused them. It names spans that it refuses by their number, so each counts as a session's.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <inheritdoc/>
    public Task WriteAsync(IReadOnlyList<SessionRecord> closed)
    {
        foreach (var session in closed)
            if (_sampler.Takes(session.TraceId) && !_closed.Writer.TryWrite(session))
                Interlocked.Increment(ref _dropped);
        return _log.WriteAsync(closed);
    }

    /// <summary>What waits is sent, within five seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed.Writer.TryComplete();
        _noMore.CancelAfter(TimeSpan.FromSeconds(5));
        await _sending;
        _noMore.Dispose();
    }

    private async Task SendAsync()
    {
        while (await _closed.Reader.WaitToReadAsync())
        {
            await Task.WhenAny(_closed.Reader.Completion, Task.Delay(_gathering));
            List<SessionRecord> batch = [];
            while (batch.Count < MostPerBatch && _closed.Reader.TryRead(out var session))
                batch.Add(session);
            var refused = (int)Math.Min(batch.Count, await SendAsync(_encoder.Encode(batch)) ?? batch.Count);
            Interlocked.Add(ref _sent, batch.Count - refused);
            Interlocked.Add(ref _dropped, refused);
        }
    }

    /// <summary>How many spans the collector refused; null when it took none in the end.</summary>
    private async Task<long?> SendAsync(ReadOnlyMemory<byte> request)
    {
        try
        {
            for (var pause = TimeSpan.FromSeconds(1); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
            {
                var answer = await _client.SendAsync(OtlpSignal.Traces, request, _noMore.Token);
                _news.Report(answer);
                if (answer.IsTaken || !answer.MayPass)
                    return answer.IsTaken ? answer.Refused : null;
                await Task.Delay(pause * (0.5 + Random.Shared.NextDouble() / 2), _noMore.Token);
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
