using System.Text;
using Google.Protobuf;

namespace Gateway.Node.Tests.Telemetry;

/// <summary>The fields of a message, by their numbers, as Google's library reads them.</summary>
internal sealed class WireMessage
{
    private readonly List<(int Field, object Value)> _fields = [];

    public WireMessage(byte[] octets)
    {
        var input = new CodedInputStream(octets);
        while (input.ReadTag() is not 0 and var tag)
            _fields.Add((WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => input.ReadUInt64(),
                WireFormat.WireType.Fixed64 => input.ReadFixed64(),
                WireFormat.WireType.LengthDelimited => input.ReadBytes().ToByteArray(),
                var type => throw new InvalidDataException($"{type} is not used by OTLP here"),
            }));
    }

    public IEnumerable<WireMessage> Messages(int field) => Blocks(field).Select(block => new WireMessage(block));

    public WireMessage Message(int field) => Messages(field).Single();

    public bool Has(int field) => _fields.Any(one => one.Field == field);

    public string Text(int field) => Encoding.UTF8.GetString(Blocks(field).Single());

    public string Hex(int field) => Convert.ToHexString(Blocks(field).Single());

    public ulong Number(int field) => (ulong)_fields.Single(one => one.Field == field).Value;

    public double Double(int field) => BitConverter.UInt64BitsToDouble(Number(field));

    public ulong[] Packed(int field)
    {
        var octets = Blocks(field).Single();
        return [.. Enumerable.Range(0, octets.Length / 8).Select(index => BitConverter.ToUInt64(octets, index * 8))];
    }

    /// <summary>KeyValue: name and text.</summary>
    public IReadOnlyDictionary<string, string> Labels(int field) => Messages(field).ToDictionary(pair => pair.Text(1), pair => pair.Message(2).Text(1));

    private IEnumerable<byte[]> Blocks(int field) => _fields.Where(one => one.Field == field).Select(one => (byte[])one.Value);
}
