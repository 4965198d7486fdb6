using Akka.Streams.Fused;

namespace Akka.Streams.Dsl;

public static class Flow
{
    /// <summary>A flow that changes nothing, to begin with.</summary>
    public static Flow<T, T, NotUsed> Create<T>() => new((_, inlet) => (inlet, NotUsed.Instance));

    public static Flow<TIn, TOut, NotUsed> FromFunction<TIn, TOut>(Func<TIn, TOut> function) => Create<TIn>().Select(function);

    internal static Flow<TIn, TOut, NotUsed> Of<TIn, TOut>(Func<Island, Connection<TIn>, FlowStage<TIn, TOut>> stage) =>
        new((island, inlet) => (stage(island, inlet).Out, NotUsed.Instance));
}
