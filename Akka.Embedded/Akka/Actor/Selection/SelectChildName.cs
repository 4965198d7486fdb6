namespace Akka.Actor;

public class SelectChildName(string name) : SelectionPathElement
{
    public string Name { get; } = name;

    protected bool Equals(SelectChildName other) => Name == other.Name;
    public override bool Equals(object? obj) => obj is SelectChildName other && Equals(other);
    public override int GetHashCode() => Name.GetHashCode();
    public override string ToString() => Name;
}
