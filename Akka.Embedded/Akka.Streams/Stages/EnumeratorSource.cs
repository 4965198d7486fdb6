using Akka.Streams.Fused;

namespace Akka.Streams.Stages;

internal sealed class EnumeratorSource<T>(Island island, IEnumerable<T> elements) : SourceStage<T>(island)
{
    private IEnumerator<T>? _enumerator;

    public override void PreStart()
    {
        _enumerator = elements.GetEnumerator();
        if (!_enumerator.MoveNext()) Out.Complete();
    }

    public override void OnPull()
    {
        Out.Push(_enumerator!.Current);
        if (!_enumerator.MoveNext()) Out.Complete();
    }

    public override void PostStop(Exception? abrupt) => _enumerator?.Dispose();
}
