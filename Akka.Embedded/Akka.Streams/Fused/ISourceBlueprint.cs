namespace Akka.Streams.Fused;

/// <summary>What a source is before it runs: it builds its stages into an island.</summary>
internal interface ISourceBlueprint<TOut, out TMat>
{
    TMat Build(Island island, out Connection<TOut> outlet);
}
