namespace Akka.Streams;

/// <summary>One outlet.</summary>
public sealed class SourceShape<TOut> : Shape
{
    private SourceShape()
    {
    }
}
