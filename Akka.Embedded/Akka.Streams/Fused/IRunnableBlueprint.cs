namespace Akka.Streams.Fused;

/// <summary>What a closed graph is before it runs: it builds its stages into an island.</summary>
internal interface IRunnableBlueprint<out TMat>
{
    TMat Build(Island island);
}
