namespace Akka.Actor;

/// <summary><c>**</c>: all that is below.</summary>
public class SelectChildRecursive : SelectionPathElement
{
    public static readonly SelectChildRecursive Instance = new();

    public override bool Equals(object? obj) => obj is SelectChildRecursive;
    public override int GetHashCode() => "**".GetHashCode();
    public override string ToString() => "**";
}
