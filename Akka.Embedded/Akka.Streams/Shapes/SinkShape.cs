namespace Akka.Streams;

/// <summary>One inlet.</summary>
public sealed class SinkShape<TIn> : Shape
{
    private SinkShape()
    {
    }
}
