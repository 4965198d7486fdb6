using Akka.Actor;

namespace Akka.Serialization;

/// <summary>For whom references are being written: our address as they know it, and which of our systems.</summary>
public sealed class Information(Address address, ActorSystem system) : IEquatable<Information>
{
    public Address Address { get; } = address;
    public ActorSystem System { get; } = system;

    public bool Equals(Information? other) => other is not null && Equals(Address, other.Address) && Equals(System, other.System);
    public override bool Equals(object? obj) => obj is Information other && Equals(other);
    public override int GetHashCode() => HashCode.Combine(Address, System);
    public static bool operator ==(Information? left, Information? right) => Equals(left, right);
    public static bool operator !=(Information? left, Information? right) => !Equals(left, right);
}
