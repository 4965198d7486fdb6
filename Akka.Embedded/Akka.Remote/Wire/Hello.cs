using Akka.Actor;

namespace Akka.Remote.Wire;

/// <summary>
/// The dialer's first frame: who it is, and whom it wants.
/// <c>MAGIC(8) VERSION(1) NONCE(32) SYSTEM FROM-HOST FROM-PORT UID TO-SYSTEM TO-HOST TO-PORT</c>
/// </summary>
internal sealed record Hello(Address From, int Uid, Address To, byte[] Nonce)
{
    public const int NonceSize = 32;
    public const byte Version = 1;

    private static ReadOnlySpan<byte> Magic => "AKKA.EMB"u8;

    /// <param name="body">The frame's.</param>
    /// <param name="protocol">Of both addresses: that of the connection.</param>
    /// <exception cref="WireException">The peer speaks something else, or another version.</exception>
    public static Hello Read(ReadOnlySpan<byte> body, string protocol)
    {
        var reader = new WireReader(body);
        if (!reader.Take(Magic.Length).SequenceEqual(Magic))
            throw new WireException("not this protocol");
        var version = reader.Byte();
        if (version != Version)
            throw new WireException($"protocol version {version}, where {Version} is spoken");
        var nonce = reader.Take(NonceSize).ToArray();
        var from = ReadAddress(ref reader, protocol);
        var uid = reader.Int32();
        return new Hello(from, uid, ReadAddress(ref reader, protocol), nonce);
    }

    public void Write(WireWriter writer)
    {
        writer.Raw(Magic);
        writer.Byte(Version);
        writer.Raw(Nonce);
        WriteAddress(writer, From);
        writer.Int32(Uid);
        WriteAddress(writer, To);
    }

    internal static Address ReadAddress(ref WireReader reader, string protocol)
    {
        var system = reader.Text();
        var host = reader.Text();
        var port = reader.UInt32();
        if (host.Length == 0 || port is 0 or > ushort.MaxValue)
            throw new WireException("an address without a host or port");
        return new Address(protocol, system, host, (int)port);
    }

    internal static void WriteAddress(WireWriter writer, Address address)
    {
        writer.Text(address.System);
        writer.Text(address.Host);
        writer.UInt32((uint)address.Port!.Value);
    }
}
