using Akka.Actor;
using Akka.Configuration;

namespace Akka.Serialization;

public static class SerializerIdentifierHelper
{
    /// <summary>From <c>akka.actor.serialization-identifiers</c>.</summary>
    /// <exception cref="ArgumentException">Nothing is set for the type.</exception>
    public static int GetSerializerIdentifierFromConfig(Type type, ExtendedActorSystem system)
    {
        var identifiers = system.Settings.Config.GetConfig("akka.actor.serialization-identifiers") ?? Config.Empty;
        var name = $"{type.FullName}, {type.Assembly.GetName().Name}";
        return identifiers.HasPath($"\"{name}\"")
            ? identifiers.GetInt($"\"{name}\"")
            : throw new ArgumentException($"Couldn't find serializer id for [{name}] under [akka.actor.serialization-identifiers] HOCON path", nameof(type));
    }
}
