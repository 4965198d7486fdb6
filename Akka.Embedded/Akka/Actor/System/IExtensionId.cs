namespace Akka.Actor;

public interface IExtensionId
{
    Type ExtensionType { get; }

    /// <summary>The extension of that system, made if it is not there yet.</summary>
    object Apply(ActorSystem system);

    object Get(ActorSystem system);
    object CreateExtension(ExtendedActorSystem system);
}
