using Akka.Streams.Fused;

namespace Akka.Streams.Dsl;

/// <inheritdoc/>
public sealed class RunnableGraph<TMat> : IRunnableGraph<TMat>, IRunnableBlueprint<TMat>
{
    private readonly Func<Island, TMat> _build;

    internal RunnableGraph(Func<Island, TMat> build) => _build = build;

    public IRunnableGraph<TMat2> MapMaterializedValue<TMat2>(Func<TMat, TMat2> func) =>
        new RunnableGraph<TMat2>(island => func(_build(island)));

    public TMat Run(IMaterializer materializer) => materializer.Materialize(this);

    TMat IRunnableBlueprint<TMat>.Build(Island island) => _build(island);
}
