namespace Akka.Actor;

/// <summary>On which node.</summary>
public abstract class Scope : IEquatable<Scope>
{
    public static readonly LocalScope Local = LocalScope.Instance;

    public abstract Scope WithFallback(Scope other);
    public abstract Scope Copy();

    public virtual bool Equals(Scope? other) => other is not null && GetType() == other.GetType();
    public override bool Equals(object? obj) => obj is Scope other && Equals(other);
    public override int GetHashCode() => GetType().GetHashCode();
}
