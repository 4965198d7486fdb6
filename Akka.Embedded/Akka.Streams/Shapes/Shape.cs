namespace Akka.Streams;

/// <summary>Which open ends a graph has. Shapes only tell graphs apart for the compiler; no value of them is needed.</summary>
public abstract class Shape
{
    protected Shape()
    {
    }
}
