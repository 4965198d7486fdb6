namespace Akka.Actor;

/// <summary>Not taken from other nodes by untrusting systems.</summary>
public interface IPossiblyHarmful
{
}
