using Akka.Streams.Dsl;
using Akka.Streams.Fused;

namespace Akka.Streams.Stages;

/// <summary>The operators as flows; what sources and flows offer are these.</summary>
internal static class Operators
{
    public static Flow<TIn, TOut, NotUsed> Select<TIn, TOut>(Func<TIn, TOut> mapper) =>
        Flow.Of<TIn, TOut>((island, inlet) => new SelectStage<TIn, TOut>(island, inlet, mapper));

    public static Flow<T, T, NotUsed> Where<T>(Predicate<T> predicate) =>
        Flow.Of<T, T>((island, inlet) => new WhereStage<T>(island, inlet, predicate));

    public static Flow<TIn, TOut, NotUsed> SelectAsync<TIn, TOut>(int parallelism, Func<TIn, Task<TOut>> mapper)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(parallelism);
        return Flow.Of<TIn, TOut>((island, inlet) => new SelectAsyncStage<TIn, TOut>(island, inlet, parallelism, mapper));
    }

    public static Flow<T, IEnumerable<T>, NotUsed> GroupedWithin<T>(int size, TimeSpan interval)
    {
        if (size <= 0) throw new ArgumentException("n must be > 0", nameof(size));
        if (interval <= TimeSpan.Zero) throw new ArgumentException("timeout must be > 0", nameof(interval));
        return Flow.Of<T, IEnumerable<T>>((island, inlet) => new GroupedWithinStage<T>(island, inlet, size, interval));
    }

    public static Flow<T, T, NotUsed> Throttle<T>(int elements, TimeSpan per, int maximumBurst, ThrottleMode mode)
    {
        if (elements <= 0) throw new ArgumentException("Throttle elements must be > 0", nameof(elements));
        if (per <= TimeSpan.Zero) throw new ArgumentException("Throttle per time must not be zero", nameof(per));
        return Flow.Of<T, T>((island, inlet) => new ThrottleStage<T>(island, inlet, elements, per, maximumBurst, mode));
    }

    public static Flow<T, T, NotUsed> Buffer<T>(int size, OverflowStrategy strategy)
    {
        if (size <= 0) throw new ArgumentException("buffer size must be positive", nameof(size));
        return Flow.Of<T, T>((island, inlet) => new BufferStage<T>(island, inlet, size, strategy));
    }

    public static Flow<T, T, TMat> AlsoTo<T, TMat>(IGraph<SinkShape<T>, TMat> side) => new((island, inlet) =>
    {
        var stage = new AlsoToStage<T>(island, inlet);
        return (stage.Out, side.Blueprint().Build(island, stage.Side));
    });

    public static Flow<T, T, Task<Done>> WatchTermination<T>() => new((island, inlet) =>
    {
        var stage = new WatchTerminationStage<T>(island, inlet);
        return (stage.Out, stage.Termination);
    });
}
