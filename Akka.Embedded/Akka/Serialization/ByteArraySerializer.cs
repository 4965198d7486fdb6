using Akka.Actor;

namespace Akka.Serialization;

/// <summary>Octets as they are.</summary>
public class ByteArraySerializer : Serializer
{
    public ByteArraySerializer(ExtendedActorSystem system)
        : base(system)
    {
    }

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj) => obj switch
    {
        null => null!,
        byte[] bytes => bytes,
        _ => throw new NotSupportedException($"The object is no array of octets but {obj.GetType()}."),
    };

    public override object FromBinary(byte[] bytes, Type type) => bytes;
}
