using Akka.Actor;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>The next message, which must be a <typeparamref name="T"/> and come from <paramref name="sender"/>.</summary>
    public T ExpectMsgFrom<T>(
        IActorRef sender, TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(duration, hint, cancellationToken, From<T>(sender, hint));

    /// <summary>As before, and equal to <paramref name="message"/>.</summary>
    public T ExpectMsgFrom<T>(
        IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(timeout, hint, cancellationToken, From<T>(sender, hint) + Equal(message, hint));

    /// <summary>As before, and such that a predicate holds.</summary>
    public T ExpectMsgFrom<T>(
        IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect(timeout, hint, cancellationToken, From<T>(sender, hint) + Holds(isMessage, hint));

    /// <summary>As before, and passes the test's own assertions.</summary>
    public T ExpectMsgFrom<T>(
        IActorRef sender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect(timeout, hint, cancellationToken, From<T>(sender, hint) + ((message, _) => assertMessage(message)));

    /// <inheritdoc cref="ExpectMsgFrom{T}(IActorRef, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender, TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync(duration, hint, cancellationToken, From<T>(sender, hint));

    /// <inheritdoc cref="ExpectMsgFrom{T}(IActorRef, T, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync(timeout, hint, cancellationToken, From<T>(sender, hint) + Equal(message, hint));

    private Action<T, IActorRef> From<T>(IActorRef expected, string? hint) =>
        (_, sender) => Assertions.AssertEqual(expected, sender, hint ?? "");
}
