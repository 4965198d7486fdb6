namespace Akka.Actor;

/// <summary><c>..</c>.</summary>
public class SelectParent : SelectionPathElement
{
    public static readonly SelectParent Instance = new();

    public override bool Equals(object? obj) => obj is SelectParent;
    public override int GetHashCode() => "..".GetHashCode();
    public override string ToString() => "..";
}
