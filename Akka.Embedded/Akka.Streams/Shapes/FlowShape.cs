namespace Akka.Streams;

/// <summary>One inlet and one outlet.</summary>
public sealed class FlowShape<TIn, TOut> : Shape
{
    private FlowShape()
    {
    }
}
