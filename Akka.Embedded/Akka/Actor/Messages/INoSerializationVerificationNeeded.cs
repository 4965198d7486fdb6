namespace Akka.Actor;

/// <summary>Never leaves the process.</summary>
public interface INoSerializationVerificationNeeded
{
}
