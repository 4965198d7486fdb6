using Akka.Actor;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>
    /// The next message, which must come within <paramref name="duration"/> (dilated; without it the time left of
    /// <c>Within</c>, or <c>akka.test.single-expect-default</c>) and be a <typeparamref name="T"/>.
    /// </summary>
    public T ExpectMsg<T>(TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(duration, hint, cancellationToken, null);

    /// <summary>As <see cref="ExpectMsg{T}(TimeSpan?, string, CancellationToken)"/>, and equal to <paramref name="message"/>.</summary>
    public T ExpectMsg<T>(T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(timeout, hint, cancellationToken, Equal(message, hint));

    /// <summary>As <see cref="ExpectMsg{T}(TimeSpan?, string, CancellationToken)"/>, and such that a predicate holds.</summary>
    public T ExpectMsg<T>(
        Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(timeout, hint, cancellationToken, Holds(isMessage, hint));

    /// <summary>As <see cref="ExpectMsg{T}(TimeSpan?, string, CancellationToken)"/>, and passes the test's own assertions.</summary>
    public T ExpectMsg<T>(
        Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(timeout, hint, cancellationToken, (message, _) => assert(message));

    /// <inheritdoc cref="ExpectMsg{T}(Predicate{T}, TimeSpan?, string, CancellationToken)"/>
    public T ExpectMsg<T>(
        Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect(timeout, hint, cancellationToken, Holds(isMessageAndSender, hint));

    /// <inheritdoc cref="ExpectMsg{T}(Action{T}, TimeSpan?, string, CancellationToken)"/>
    public T ExpectMsg<T>(
        Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect(timeout, hint, cancellationToken, assertMessageAndSender);

    /// <inheritdoc cref="ExpectMsg{T}(TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgAsync<T>(
        TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(duration, hint, cancellationToken, null);

    /// <inheritdoc cref="ExpectMsg{T}(T, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgAsync<T>(
        T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, hint, cancellationToken, Equal(message, hint));

    /// <inheritdoc cref="ExpectMsg{T}(Predicate{T}, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgAsync<T>(
        Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, hint, cancellationToken, Holds(isMessage, hint));

    /// <inheritdoc cref="ExpectMsg{T}(Action{T}, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgAsync<T>(
        Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(timeout, hint, cancellationToken, (message, _) => assert(message));

    /// <summary>The next message, which must equal one of <paramref name="messages"/>.</summary>
    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default)
    {
        var wanted = messages.ToList();
        return Expect<T>(null, null, cancellationToken, (message, _) =>
            Assertions.AssertTrue(wanted.Contains(message), "Expected one of [{0}], but received {1}", Listed(wanted), message));
    }

    /// <summary>As many messages as <paramref name="messages"/>, equal to them in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) => AllOf(RemainingOrDefault, messages, default);

    /// <inheritdoc cref="ExpectMsgAllOf{T}(T[])"/>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages) => AllOf(Dilated(max), messages, default);

    /// <inheritdoc cref="ExpectMsgAllOf{T}(T[])"/>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        AllOf(RemainingOrDefault, messages, cancellationToken);

    /// <inheritdoc cref="ExpectMsgAllOf{T}(T[])"/>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(
        TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        AllOf(Dilated(max), messages, cancellationToken);

    /// <summary>The next message, which must be <see cref="Terminated"/> of <paramref name="target"/>.</summary>
    public Terminated ExpectTerminated(
        IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(timeout, hint, cancellationToken, IsOf(target, hint));

    /// <inheritdoc cref="ExpectTerminated"/>
    public ValueTask<Terminated> ExpectTerminatedAsync(
        IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, hint, cancellationToken, IsOf(target, hint));

    /// <summary>Fails when a message comes within the time left of <c>Within</c>, or <c>akka.test.single-expect-default</c>.</summary>
    public void ExpectNoMsg(CancellationToken cancellationToken = default) => ExpectNothing(RemainingOrDefault, cancellationToken);

    /// <summary>Fails when a message comes within <paramref name="duration"/> (dilated).</summary>
    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) =>
        ExpectNothing(Dilated(duration), cancellationToken);

    /// <inheritdoc cref="ExpectNoMsg(TimeSpan, CancellationToken)"/>
    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    /// <inheritdoc cref="ExpectNoMsg(CancellationToken)"/>
    public ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default) =>
        ExpectNothingAsync(RemainingOrDefault, cancellationToken);

    /// <inheritdoc cref="ExpectNoMsg(TimeSpan, CancellationToken)"/>
    public ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default) =>
        ExpectNothingAsync(Dilated(duration), cancellationToken);

    /// <inheritdoc cref="ExpectNoMsg(TimeSpan, CancellationToken)"/>
    public ValueTask ExpectNoMsgAsync(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsgAsync(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    private T Expect<T>(TimeSpan? timeout, string? hint, CancellationToken cancellation, Action<T, IActorRef>? assert)
    {
        var wait = RemainingOrDilated(timeout);
        TryReceiveOne(out var envelope, wait, cancellation);
        return Accept(envelope, wait, hint, assert);
    }

    private async ValueTask<T> ExpectAsync<T>(
        TimeSpan? timeout, string? hint, CancellationToken cancellation, Action<T, IActorRef>? assert)
    {
        var wait = RemainingOrDilated(timeout);
        var (_, envelope) = await TryReceiveOneAsync(wait, cancellation).ConfigureAwait(false);
        return Accept(envelope, wait, hint, assert);
    }

    private T Accept<T>(MessageEnvelope envelope, TimeSpan waited, string? hint, Action<T, IActorRef>? assert)
    {
        if (envelope.Message is null)
            throw Failure($"Failed: Timeout {waited} while waiting for a message of type {typeof(T)}{Hint(hint)}");
        if (envelope.Message is not T message)
            throw Failure($"Failed: Expected a message of type {typeof(T)}, but received {envelope} of type {envelope.Message.GetType()} instead{Hint(hint)}");
        assert?.Invoke(message, envelope.Sender);
        return message;
    }

    private List<T> AllOf<T>(TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellation)
    {
        var received = Receive(messages.Count, max, cancellation);
        var missing = messages.Where(message => !received.Contains(message!)).ToList();
        var unexpected = received.Where(message => message is not T wanted || !messages.Contains(wanted)).ToList();
        Assertions.AssertTrue(missing.Count == 0 && unexpected.Count == 0, "Not found [{0}], unexpected [{1}]", Listed(missing), Listed(unexpected));
        return received.Cast<T>().ToList();
    }

    private void ExpectNothing(TimeSpan duration, CancellationToken cancellation)
    {
        if (TryReceiveOne(out var envelope, duration, cancellation))
            throw Failure($"Failed: Expected no messages during {duration}, instead we received {envelope}");
        _lastExpectedNothing = true;
    }

    private async ValueTask ExpectNothingAsync(TimeSpan duration, CancellationToken cancellation)
    {
        if (await TryReceiveOneAsync(duration, cancellation).ConfigureAwait(false) is (true, var envelope))
            throw Failure($"Failed: Expected no messages during {duration}, instead we received {envelope}");
        _lastExpectedNothing = true;
    }

    private Action<T, IActorRef> Equal<T>(T expected, string? hint) =>
        (message, _) => Assertions.AssertEqual(expected, message, hint ?? "");

    private Action<T, IActorRef> Holds<T>(Predicate<T> holds, string? hint) => Holds<T>((message, _) => holds(message), hint);

    private Action<T, IActorRef> Holds<T>(Func<T, IActorRef, bool> holds, string? hint) => (message, sender) =>
        Assertions.AssertTrue(holds(message, sender), "Got a message of the expected type {0}, also sent by {1}, but it failed the predicate: {2}{3}", typeof(T), sender, message, Hint(hint));

    private Action<Terminated, IActorRef> IsOf(IActorRef target, string? hint) => (terminated, _) =>
        Assertions.AssertEqual(target, terminated.ActorRef, hint ?? "");

    private static string Hint(string? hint) => string.IsNullOrEmpty(hint) ? "" : $": {hint}";

    private static string Listed<T>(IEnumerable<T> items) => string.Join(", ", items);

    private InvalidOperationException Failure(string message)
    {
        Assertions.Fail("{0}", message);
        return new InvalidOperationException("The assertions of this kit do not throw.");
    }
}
