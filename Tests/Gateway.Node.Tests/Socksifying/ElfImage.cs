using System.Buffers.Binary;
using System.Text;

namespace Gateway.Node.Tests.Socksifying;

/// <summary>The head of an ELF executable, made to order.</summary>
internal static class ElfImage
{
    public static byte[] Create(ushort machine = 62, string? interpreter = "/lib64/ld-linux-x86-64.so.2", string? noteName = null, bool wide = true)
    {
        var headers = new List<(uint Type, byte[] Content)>();
        if (interpreter is not null)
            headers.Add((3, [.. Encoding.ASCII.GetBytes(interpreter), 0]));
        if (noteName is not null)
            headers.Add((4, [.. Note("GNU\0", 3), .. Note(noteName, 4)]));

        var (start, size) = wide ? (64, 56) : (52, 32);
        var image = new byte[Math.Max(64, start + headers.Count * size) + headers.Sum(header => header.Content.Length)];
        "\u007fELF"u8.CopyTo(image);
        image[4] = (byte)(wide ? 2 : 1);
        image[5] = 1;
        Put(image, 18, 2, machine);
        Put(image, wide ? 32 : 28, wide ? 8 : 4, start);
        Put(image, wide ? 54 : 42, 2, size);
        Put(image, wide ? 56 : 44, 2, headers.Count);

        var at = start;
        var content = Math.Max(64, start + headers.Count * size);
        foreach (var (type, octets) in headers)
        {
            Put(image, at, 4, type);
            Put(image, at + (wide ? 8 : 4), wide ? 8 : 4, content);
            Put(image, at + (wide ? 32 : 16), wide ? 8 : 4, octets.Length);
            octets.CopyTo(image, content);
            content += octets.Length;
            at += size;
        }
        return image;
    }

    private static byte[] Note(string name, uint type)
    {
        var note = new byte[12 + 4 + 8];
        Put(note, 0, 4, name.Length);
        Put(note, 4, 4, 5);
        Put(note, 8, 4, type);
        Encoding.ASCII.GetBytes(name).CopyTo(note, 12);
        return note;
    }

    private static void Put(byte[] image, int at, int width, long value)
    {
        Span<byte> octets = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(octets, value);
        octets[..width].CopyTo(image.AsSpan(at));
    }
}
