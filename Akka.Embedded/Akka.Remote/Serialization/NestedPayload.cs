using Akka.Remote.Associations;
using Akka.Remote.Wire;

namespace Akka.Remote.Serialization;

/// <summary>A message within a message: <c>PRESENT(1) SERIALIZER-ID MANIFEST PAYLOAD</c>.</summary>
internal static class NestedPayload
{
    public static void Write(WireWriter writer, Akka.Serialization.Serialization serialization, object? message)
    {
        writer.Boolean(message is not null);
        if (message is null)
            return;
        var serializer = serialization.FindSerializerFor(message);
        writer.Int32(serializer.Identifier);
        writer.Text(PayloadCodec.Manifest(serializer, message));
        writer.Block(serializer.ToBinary(message));
    }

    public static object? Read(ref WireReader reader, Akka.Serialization.Serialization serialization) => reader.Boolean()
        ? ReadMessage(ref reader, serialization)
        : null;

    private static object ReadMessage(ref WireReader reader, Akka.Serialization.Serialization serialization)
    {
        var serializerId = reader.Int32();
        var manifest = reader.Text();
        return serialization.Deserialize(reader.Block().ToArray(), serializerId, manifest);
    }
}
