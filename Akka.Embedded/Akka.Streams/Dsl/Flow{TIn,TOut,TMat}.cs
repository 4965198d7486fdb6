using Akka.Streams.Fused;

namespace Akka.Streams.Dsl;

/// <summary>The middle of a stream: one inlet, one outlet.</summary>
public sealed class Flow<TIn, TOut, TMat> : IFlow<TOut, TMat>, IGraph<FlowShape<TIn, TOut>, TMat>, IFlowBlueprint<TIn, TOut, TMat>
{
    private readonly Func<Island, Connection<TIn>, (Connection<TOut> Outlet, TMat Value)> _build;

    internal Flow(Func<Island, Connection<TIn>, (Connection<TOut> Outlet, TMat Value)> build) => _build = build;

    public Flow<TIn, TOut, TMat2> MapMaterializedValue<TMat2>(Func<TMat, TMat2> mapFunc) => new((island, inlet) =>
    {
        var (outlet, value) = _build(island, inlet);
        return (outlet, mapFunc(value));
    });

    public Flow<TIn, T2, TMat> Via<T2, TMat2>(IGraph<FlowShape<TOut, T2>, TMat2> flow) => ViaMaterialized(flow, Keep.Left);

    public Flow<TIn, TOut2, TMat3> ViaMaterialized<TOut2, TMat2, TMat3>(
        IGraph<FlowShape<TOut, TOut2>, TMat2> flow, Func<TMat, TMat2, TMat3> combine) =>
        new((island, inlet) =>
        {
            var (outlet, value) = _build(island, inlet);
            var other = flow.Blueprint().Build(island, outlet, out var further);
            return (further, combine(value, other));
        });

    public Sink<TIn, TMat> To<TMat2>(IGraph<SinkShape<TOut>, TMat2> sink) => ToMaterialized(sink, Keep.Left);

    public Sink<TIn, TMat3> ToMaterialized<TMat2, TMat3>(
        IGraph<SinkShape<TOut>, TMat2> sink, Func<TMat, TMat2, TMat3> combine) => new((island, inlet) =>
    {
        var (outlet, value) = _build(island, inlet);
        return combine(value, sink.Blueprint().Build(island, outlet));
    });

    IFlow<TOut, TMat2> IFlow<TOut, TMat>.MapMaterializedValue<TMat2>(Func<TMat, TMat2> mapFunc) => MapMaterializedValue(mapFunc);

    IFlow<T, TMat> IFlow<TOut, TMat>.Via<T, TMat2>(IGraph<FlowShape<TOut, T>, TMat2> flow) => Via(flow);

    IFlow<T2, TMat3> IFlow<TOut, TMat>.ViaMaterialized<T2, TMat2, TMat3>(
        IGraph<FlowShape<TOut, T2>, TMat2> flow, Func<TMat, TMat2, TMat3> combine) =>
        ViaMaterialized(flow, combine);

    TMat IFlowBlueprint<TIn, TOut, TMat>.Build(Island island, Connection<TIn> inlet, out Connection<TOut> outlet)
    {
        (outlet, var value) = _build(island, inlet);
        return value;
    }
}
