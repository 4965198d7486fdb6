using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Akka.TestKit.Internal;

/// <summary>
/// What a test actor has received and its test has not yet asked for. A waiting test blocks its own thread, or awaits;
/// neither needs a pool thread to be woken.
/// </summary>
internal sealed class EnvelopeQueue
{
    private readonly ConcurrentQueue<MessageEnvelope> _envelopes = new();
    private readonly SemaphoreSlim _available = new(0);

    public bool IsEmpty => _envelopes.IsEmpty;

    public void Add(MessageEnvelope envelope)
    {
        _envelopes.Enqueue(envelope);
        _available.Release();
    }

    /// <summary>The next envelope, or null when none came within <paramref name="timeout"/> or the wait was cancelled.</summary>
    public MessageEnvelope? Take(TimeSpan timeout, CancellationToken cancellation)
    {
        try
        {
            return _available.Wait(AtLeastZero(timeout), cancellation) ? Dequeue() : null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <inheritdoc cref="Take"/>
    public async ValueTask<MessageEnvelope?> TakeAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        try
        {
            return await _available.WaitAsync(AtLeastZero(timeout), cancellation).ConfigureAwait(false) ? Dequeue() : null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>As <see cref="Take"/>, but the envelope stays in the queue.</summary>
    public bool TryPeek(TimeSpan timeout, CancellationToken cancellation, [NotNullWhen(true)] out MessageEnvelope? envelope)
    {
        envelope = null;
        try
        {
            if (!_available.Wait(AtLeastZero(timeout), cancellation))
                return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        _available.Release();
        return _envelopes.TryPeek(out envelope);
    }

    private MessageEnvelope? Dequeue() => _envelopes.TryDequeue(out var envelope) ? envelope : null;

    private static TimeSpan AtLeastZero(TimeSpan timeout) =>
        timeout == Timeout.InfiniteTimeSpan || timeout > TimeSpan.Zero ? timeout : TimeSpan.Zero;
}
