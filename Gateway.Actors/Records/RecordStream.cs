using System.Threading.Channels;
using Akka;
using Akka.Actor;
using Akka.Event;
using Akka.Streams;
using Akka.Streams.Dsl;
using Gateway.Actors.Sessions;

namespace Gateway.Actors.Records;

/// <summary>
/// The way of records from the loops to the log:
/// <code>
/// loops ──Add──► channel, bounded ──batches──► Source.Queue ──► the log, one batch at a time
///                   └── full: dropped and counted
/// </code>
/// A log that is slow holds back the stream, the stream the channel, and the channel nobody: a relay never waits for a record.
/// </summary>
internal sealed class RecordStream
{
    private const int MostPerBatch = 512;

    /// <summary>Records of a busy moment go together: waking threads for each would cost more than the records do.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    /// <summary>Losses are told at most so often.</summary>
    private static readonly TimeSpan BetweenComplaints = TimeSpan.FromSeconds(10);

    /// <summary>How long the end of the gateway waits for a log that takes nothing.</summary>
    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(10);

    private readonly Channel<SessionRecord> _closed;
    private readonly ISourceQueueWithComplete<IReadOnlyList<SessionRecord>> _queue;
    private readonly Task<Done> _written;
    private readonly Task _fed;
    private readonly ILoggingAdapter _complaints;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private long _dropped, _told;
    private long? _toldAt;

    /// <param name="system">Runs the stream; it must live until <see cref="CompleteAsync"/> has ended.</param>
    /// <param name="log">Where the records go.</param>
    /// <param name="time">For complaints.</param>
    /// <param name="capacity">Records that may wait.</param>
    public RecordStream(ActorSystem system, ISessionLog log, TimeProvider time, int capacity = 1 << 14)
    {
        _time = time;
        _complaints = Logging.GetLogger(system, typeof(RecordStream));
        _closed = Channel.CreateBounded<SessionRecord>(new BoundedChannelOptions(capacity) { SingleReader = true });
        (_queue, _written) = Source.Queue<IReadOnlyList<SessionRecord>>(1, OverflowStrategy.Backpressure)
            .ToMaterialized(Sink.ForEachAsync<IReadOnlyList<SessionRecord>>(1, log.WriteAsync), Keep.Both)
            .Run(system.Materializer());
        _fed = Task.Run(FeedAsync);
    }

    /// <summary>Records that were not written, because too many were waiting.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Any thread; never waits.</summary>
    public void Add(SessionRecord record)
    {
        if (!_closed.Writer.TryWrite(record))
            Drop(1);
    }

    /// <summary>Returns when everything is written, or the log has had its time; what comes later is dropped.</summary>
    public async Task CompleteAsync()
    {
        _closed.Writer.TryComplete();
        try
        {
            await _fed.WaitAsync(LastWait, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The log is stuck, and so is whoever would be told.
        }
    }

    private async Task FeedAsync()
    {
        try
        {
            while (await _closed.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                if (!_closed.Reader.Completion.IsCompleted)
                    await Task.Delay(Gathering).ConfigureAwait(false);
                List<SessionRecord> batch = [];
                while (batch.Count < MostPerBatch && _closed.Reader.TryRead(out var record))
                    batch.Add(record);
                if (await OfferAsync(batch).ConfigureAwait(false) is not QueueOfferResult.Enqueued)
                    Drop(batch.Count);
            }
            _queue.Complete();
            await _written.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _complaints.Error(e, "session records are written no more");
            _closed.Writer.TryComplete();
        }
    }

    /// <summary>Also waits for the stream: an offer made in the moment in which it ends may never be answered.</summary>
    private async Task<IQueueOfferResult> OfferAsync(IReadOnlyList<SessionRecord> batch)
    {
        var offer = _queue.OfferAsync(batch);
        if (await Task.WhenAny(offer, _written).ConfigureAwait(false) == _written)
            await _written.ConfigureAwait(false);
        return await offer.ConfigureAwait(false);
    }

    private void Drop(int records)
    {
        Interlocked.Add(ref _dropped, records);
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            if (_toldAt is { } last && _time.GetElapsedTime(last, now) < BetweenComplaints)
                return;
            var untold = Dropped - _told;
            (_toldAt, _told) = (now, _told + untold);
            _complaints.Warning("{0} session records were dropped because the log did not take them", untold);
        }
    }
}
