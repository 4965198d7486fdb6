using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Gateway.Node.Socksifying;

/// <summary>
/// What the head of an ELF executable tells the dynamic loader: <c>e_ident</c>, <c>e_machine</c>, and the program headers
/// PT_INTERP (the loader's name) and PT_NOTE (who built it).
/// </summary>
/// <param name="Is64Bit">EI_CLASS.</param>
/// <param name="Machine">e_machine.</param>
/// <param name="Interpreter">The dynamic loader; null in a static executable.</param>
/// <param name="IsGo">It carries the note that Go's linker writes.</param>
internal sealed record ElfFile(bool Is64Bit, ushort Machine, string? Interpreter, bool IsGo)
{
    private const uint Interp = 3, Note = 4;
    private const uint GoBuildId = 4;
    private const int MostNotes = 1 << 20;

    /// <summary>e_machine of programs that the library beside this one can be loaded into.</summary>
    public static ushort OwnMachine => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 62,
        Architecture.Arm64 => 183,
        _ => 0,
    };

    /// <summary>Null for what is no little-endian ELF file.</summary>
    public static ElfFile? Read(Stream file)
    {
        var head = new byte[64];
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < 52 || !head.AsSpan().StartsWith("\u007fELF"u8) || head[5] != 1)
            return null;
        var wide = head[4] == 2;
        var table = wide ? BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(32)) : BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(28));
        var size = BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(wide ? 54 : 42));
        var count = BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(wide ? 56 : 44));
        var machine = BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(18));

        string? interpreter = null;
        var isGo = false;
        var headers = ReadAt(file, table, size * count);
        for (var at = 0; at + (wide ? 56 : 32) <= headers.Length && size > 0; at += size)
        {
            var header = headers.AsSpan(at);
            var type = BinaryPrimitives.ReadUInt32LittleEndian(header);
            if (type is not (Interp or Note))
                continue;
            var offset = wide ? BinaryPrimitives.ReadInt64LittleEndian(header[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
            var length = wide ? BinaryPrimitives.ReadInt64LittleEndian(header[32..]) : BinaryPrimitives.ReadUInt32LittleEndian(header[16..]);
            var content = ReadAt(file, offset, (int)Math.Clamp(length, 0, MostNotes));
            if (type == Interp)
                interpreter = Encoding.UTF8.GetString(content).TrimEnd('\0');
            else
                isGo |= HasGoNote(content);
        }
        return new(wide, machine, interpreter, isGo);
    }

    /// <summary>A note: <c>namesz(4) descsz(4) type(4) name desc</c>, the last two padded to 4 octets.</summary>
    private static bool HasGoNote(ReadOnlySpan<byte> notes)
    {
        while (notes.Length >= 12)
        {
            var name = BinaryPrimitives.ReadUInt32LittleEndian(notes);
            var description = BinaryPrimitives.ReadUInt32LittleEndian(notes[4..]);
            var type = BinaryPrimitives.ReadUInt32LittleEndian(notes[8..]);
            var length = 12 + ((name + 3L) & ~3L) + ((description + 3L) & ~3L);
            if (length > notes.Length)
                return false;
            if (type == GoBuildId && notes[12..].StartsWith("Go\0"u8))
                return true;
            notes = notes[(int)length..];
        }
        return false;
    }

    private static byte[] ReadAt(Stream file, long offset, int length)
    {
        if (offset < 0 || offset > file.Length)
            return [];
        file.Position = offset;
        var octets = new byte[length];
        return octets[..file.ReadAtLeast(octets, length, throwOnEndOfStream: false)];
    }
}
