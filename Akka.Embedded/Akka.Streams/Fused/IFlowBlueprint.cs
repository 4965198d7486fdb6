namespace Akka.Streams.Fused;

/// <summary>What a flow is before it runs: it builds its stages into an island.</summary>
internal interface IFlowBlueprint<TIn, TOut, out TMat>
{
    TMat Build(Island island, Connection<TIn> inlet, out Connection<TOut> outlet);
}
