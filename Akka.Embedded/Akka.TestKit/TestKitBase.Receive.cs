using Akka.TestKit.Internal;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>The next message, whatever it is; null when none comes within <paramref name="max"/>.</summary>
    public object? ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        TryReceiveOne(out var envelope, max, cancellationToken) ? envelope.Message : null;

    /// <inheritdoc cref="ReceiveOne"/>
    public async ValueTask<object?> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await TryReceiveOneAsync(max, cancellationToken).ConfigureAwait(false)).envelope.Message;

    /// <summary>The next message and its sender, or false when none comes within <paramref name="max"/>.</summary>
    public bool TryReceiveOne(out MessageEnvelope envelope, TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        envelope = _last = _queue.Take(GetTimeoutOrDefault(max), cancellationToken) ?? ReceivedEnvelope.None;
        return envelope != ReceivedEnvelope.None;
    }

    /// <inheritdoc cref="TryReceiveOne"/>
    public async ValueTask<(bool success, MessageEnvelope envelope)> TryReceiveOneAsync(
        TimeSpan? max, CancellationToken cancellationToken = default)
    {
        var taken = await _queue.TakeAsync(GetTimeoutOrDefault(max), cancellationToken).ConfigureAwait(false);
        _last = taken ?? ReceivedEnvelope.None;
        return (taken is not null, _last);
    }

    /// <summary>So many messages, whatever they are; fails when fewer come within the time left.</summary>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        Receive(numberOfMessages, RemainingOrDefault, cancellationToken);

    /// <inheritdoc cref="ReceiveN(int, CancellationToken)"/>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        Receive(numberOfMessages, Dilated(max), cancellationToken);

    /// <summary>
    /// What <paramref name="filter"/> makes of each message, until it makes null of one, no message comes for
    /// <paramref name="idle"/>, <paramref name="max"/> is over, or there are <paramref name="msgs"/> of them. The message that ends
    /// it stays for the next expectation.
    /// </summary>
    public IReadOnlyList<T> ReceiveWhile<T>(
        TimeSpan? max, TimeSpan? idle, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default)
        where T : class
    {
        var end = Now + RemainingOrDilated(max);
        var received = new List<T>();
        while (received.Count < msgs)
        {
            var left = end - Now;
            var wait = idle < left ? idle.Value : left;
            if (!_queue.TryPeek(wait, cancellationToken, out var next) || filter(next.Message) is not { } made)
                break;
            TryReceiveOne(out _, TimeSpan.Zero, cancellationToken);
            received.Add(made);
        }
        return received;
    }

    /// <inheritdoc cref="ReceiveWhile{T}(TimeSpan?, TimeSpan?, Func{object, T}, int, CancellationToken)"/>
    public IReadOnlyList<T> ReceiveWhile<T>(
        TimeSpan? max, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default)
        where T : class => ReceiveWhile(max, null, filter, msgs, cancellationToken);

    /// <summary>
    /// Ignores messages until one of type <typeparamref name="T"/> satisfies <paramref name="isMessage"/>; fails when none does
    /// within <paramref name="max"/>.
    /// </summary>
    public T FishForMessage<T>(
        Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default)
    {
        var wait = RemainingOrDilated(max);
        var end = Now + wait;
        while (TryReceiveOne(out var envelope, end - Now, cancellationToken))
        {
            if (envelope.Message is T wanted && isMessage(wanted))
                return wanted;
        }
        throw Failure($"Timeout ({wait}) during fishForMessage{Hint(hint)}");
    }

    /// <inheritdoc cref="FishForMessage{T}"/>
    public object FishForMessage(
        Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessage<object>(isMessage, max, hint, cancellationToken);

    /// <inheritdoc cref="FishForMessage{T}"/>
    public async ValueTask<T> FishForMessageAsync<T>(
        Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default)
    {
        var wait = RemainingOrDilated(max);
        var end = Now + wait;
        while (await TryReceiveOneAsync(end - Now, cancellationToken).ConfigureAwait(false) is (true, var envelope))
        {
            if (envelope.Message is T wanted && isMessage(wanted))
                return wanted;
        }
        throw Failure($"Timeout ({wait}) during fishForMessage{Hint(hint)}");
    }

    private List<object> Receive(int count, TimeSpan max, CancellationToken cancellation)
    {
        var end = Now + max;
        var received = new List<object>();
        while (received.Count < count)
        {
            if (!TryReceiveOne(out var envelope, end - Now, cancellation))
                throw Failure($"Timeout ({max}) while expecting {count} messages. Only got {received.Count} after {max}.");
            received.Add(envelope.Message);
        }
        return received;
    }
}
