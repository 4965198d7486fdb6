using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Testing;

/// <summary>Memory between two pages that may not be touched: one octet read beyond either end is a segmentation fault.</summary>
public sealed unsafe class GuardedMemory : IDisposable
{
    private const int ProtNone = 0, ProtReadWrite = 3, MapPrivateAnonymous = 0x22;

    private readonly nint _mapping;
    private readonly nuint _mapped;
    private readonly int _usable;

    /// <param name="capacity">Octets that are needed at least.</param>
    public GuardedMemory(int capacity)
    {
        var page = Environment.SystemPageSize;
        _usable = (capacity + page - 1) / page * page;
        _mapped = (nuint)(_usable + 2 * page);
        _mapping = Map(0, _mapped, ProtNone, MapPrivateAnonymous, -1, 0);
        if (_mapping == -1 || Protect(_mapping + page, (nuint)_usable, ProtReadWrite) != 0)
            throw new Win32Exception();
    }

    /// <summary>The last <paramref name="length"/> octets before the page behind.</summary>
    public Span<byte> AtEnd(int length) => new((byte*)_mapping + Environment.SystemPageSize + _usable - length, length);

    /// <summary>The first <paramref name="length"/> octets after the page in front.</summary>
    public Span<byte> AtStart(int length) => new((byte*)_mapping + Environment.SystemPageSize, length);

    /// <summary>A copy of <paramref name="bytes"/> that ends where the memory ends.</summary>
    public ReadOnlySpan<byte> Ending(ReadOnlySpan<byte> bytes)
    {
        var span = AtEnd(bytes.Length);
        bytes.CopyTo(span);
        return span;
    }

    public void Dispose() => Unmap(_mapping, _mapped);

    [DllImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static extern nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static extern int Protect(nint address, nuint length, int protection);

    [DllImport("libc", EntryPoint = "munmap")]
    private static extern int Unmap(nint address, nuint length);
}
