namespace Akka.Streams;

/// <summary>No open end: the graph can run.</summary>
public class ClosedShape : Shape
{
    private ClosedShape()
    {
    }
}
