using System.Collections.Immutable;
using Akka.Actor;
using Akka.Streams.Stages;

namespace Akka.Streams.Dsl;

public static class Sink
{
    public static Sink<TIn, Task<Done>> Ignore<TIn>() => ForEach<TIn>(_ => { });

    /// <summary>Has an action done with each element; the task faults with what it throws.</summary>
    public static Sink<TIn, Task<Done>> ForEach<TIn>(Action<TIn> action) => Fold<TIn, Done, Done>(
        () => Done.Instance,
        (done, element) =>
        {
            action(element);
            return done;
        },
        done => done);

    /// <summary>Has an action done with each element, on so many at once.</summary>
    public static Sink<TIn, Task<Done>> ForEachAsync<TIn>(int parallelism, Func<TIn, Task> action) => Flow.Create<TIn>()
        .SelectAsync(parallelism, async element =>
        {
            await action(element).ConfigureAwait(false);
            return Done.Instance;
        })
        .ToMaterialized(Ignore<Done>(), Keep.Right);

    public static Sink<TIn, Task<TOut>> Aggregate<TIn, TOut>(TOut zero, Func<TOut, TIn, TOut> aggregate) =>
        Fold(() => zero, aggregate, state => state);

    public static Sink<TIn, Task<IImmutableList<TIn>>> Seq<TIn>() => Fold<TIn, ImmutableList<TIn>.Builder, IImmutableList<TIn>>(
        ImmutableList.CreateBuilder<TIn>,
        (list, element) =>
        {
            list.Add(element);
            return list;
        },
        list => list.ToImmutable());

    /// <summary>The first element, then it cancels; <see cref="NoSuchElementException"/> if there is none.</summary>
    public static Sink<TIn, Task<TIn>> First<TIn>() => new((island, inlet) => new FirstSink<TIn>(island, inlet, orDefault: false).Result);

    public static Sink<TIn, Task<TIn>> FirstOrDefault<TIn>() => new((island, inlet) => new FirstSink<TIn>(island, inlet, orDefault: true).Result);

    /// <summary>Tells each element to an actor, without waiting for it, and at last how the stream ended.</summary>
    public static Sink<TIn, NotUsed> ActorRef<TIn>(
        IActorRef actorRef, object onCompleteMessage, Func<Exception, object> onFailureMessage) => new((island, inlet) =>
    {
        _ = new ActorRefSink<TIn>(island, inlet, actorRef, onCompleteMessage, onFailureMessage);
        return NotUsed.Instance;
    });

    public static Sink<TIn, NotUsed> OnComplete<TIn>(Action success, Action<Exception> failure) => new((island, inlet) =>
    {
        _ = new OnCompleteSink<TIn>(island, inlet, success, failure);
        return NotUsed.Instance;
    });

    private static Sink<TIn, Task<TResult>> Fold<TIn, TState, TResult>(
        Func<TState> zero, Func<TState, TIn, TState> fold, Func<TState, TResult> result) =>
        new((island, inlet) => new FoldSink<TIn, TState, TResult>(island, inlet, zero(), fold, result).Result);
}
