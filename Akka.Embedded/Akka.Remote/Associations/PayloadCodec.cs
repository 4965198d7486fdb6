using Akka.Serialization;

namespace Akka.Remote.Associations;

/// <summary>What a serializer tells the other side about the octets: a manifest of its own making, never the name of a type.</summary>
internal static class PayloadCodec
{
    /// <exception cref="NotSupportedException">The serializer wants the type named on the wire.</exception>
    public static string Manifest(Serializer serializer, object message)
    {
        if (serializer is SerializerWithStringManifest withManifest)
            return withManifest.Manifest(message);
        return serializer.IncludeManifest
            ? throw new NotSupportedException(
                $"[{serializer.GetType()}] names types on the wire. Use a SerializerWithStringManifest, bound in akka.actor.serialization-bindings.")
            : "";
    }
}
