using System.Buffers.Binary;
using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Serialization;

namespace Akka.Remote.Serialization;

/// <summary>Texts as UTF-8, numbers in little endian, truth as one octet.</summary>
internal sealed class PrimitiveSerializers(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override string Manifest(object o) => o switch
    {
        string => "S",
        int => "I",
        long => "L",
        bool => "B",
        _ => throw new SerializationException($"[{o.GetType()}] is not primitive"),
    };

    public override byte[] ToBinary(object obj)
    {
        switch (obj)
        {
            case string text:
                return Encoding.UTF8.GetBytes(text);
            case int number:
                var four = new byte[4];
                BinaryPrimitives.WriteInt32LittleEndian(four, number);
                return four;
            case long number:
                var eight = new byte[8];
                BinaryPrimitives.WriteInt64LittleEndian(eight, number);
                return eight;
            default:
                return [(bool)obj ? (byte)1 : (byte)0];
        }
    }

    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        "S" => Encoding.UTF8.GetString(bytes),
        "I" when bytes.Length == 4 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        "L" when bytes.Length == 8 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        "B" when bytes.Length == 1 => bytes[0] != 0,
        _ => throw new SerializationException($"unknown manifest [{manifest}], or of another length"),
    };
}
