namespace Akka.Streams.Fused;

/// <summary>What a sink is before it runs: it builds its stages into an island.</summary>
internal interface ISinkBlueprint<TIn, out TMat>
{
    TMat Build(Island island, Connection<TIn> inlet);
}
