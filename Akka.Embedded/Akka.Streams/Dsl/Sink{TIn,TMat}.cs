using Akka.Streams.Fused;

namespace Akka.Streams.Dsl;

/// <summary>The end of a stream: one inlet.</summary>
public sealed class Sink<TIn, TMat> : IGraph<SinkShape<TIn>, TMat>, ISinkBlueprint<TIn, TMat>
{
    private readonly Func<Island, Connection<TIn>, TMat> _build;

    internal Sink(Func<Island, Connection<TIn>, TMat> build) => _build = build;

    public Sink<TIn, TMat2> MapMaterializedValue<TMat2>(Func<TMat, TMat2> fn) => new((island, inlet) => fn(_build(island, inlet)));

    public TMat2 RunWith<TMat2>(
        IGraph<SourceShape<TIn>, TMat2> source, IMaterializer materializer) => materializer.Materialize(new RunnableGraph<TMat2>(island =>
    {
        var value = source.Blueprint().Build(island, out var outlet);
        _build(island, outlet);
        return value;
    }));

    TMat ISinkBlueprint<TIn, TMat>.Build(Island island, Connection<TIn> inlet) => _build(island, inlet);
}
