namespace Akka.Streams.Fused;

/// <summary>The graphs that exist are the ones of this assembly; each is its own blueprint.</summary>
internal static class GraphExtensions
{
    public static ISourceBlueprint<TOut, TMat> Blueprint<TOut, TMat>(this IGraph<SourceShape<TOut>, TMat> graph) =>
        (ISourceBlueprint<TOut, TMat>)graph;

    public static IFlowBlueprint<TIn, TOut, TMat> Blueprint<TIn, TOut, TMat>(this IGraph<FlowShape<TIn, TOut>, TMat> graph) =>
        (IFlowBlueprint<TIn, TOut, TMat>)graph;

    public static ISinkBlueprint<TIn, TMat> Blueprint<TIn, TMat>(this IGraph<SinkShape<TIn>, TMat> graph) =>
        (ISinkBlueprint<TIn, TMat>)graph;

    public static IRunnableBlueprint<TMat> Blueprint<TMat>(this IGraph<ClosedShape, TMat> graph) => (IRunnableBlueprint<TMat>)graph;
}
