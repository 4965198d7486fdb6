using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gateway.Transport.Linux;

/// <summary>
/// struct epoll_event: <c>events(4) data(8)</c>. On x64 it is packed (12 octets); everywhere else data is aligned (16 octets).
/// The second layout is unproven: no test has run on arm64.
/// </summary>
internal static unsafe class EpollEvent
{
    private static readonly bool s_packed = RuntimeInformation.ProcessArchitecture == Architecture.X64;

    public const int MaxSize = 16;

    public static int Size => s_packed ? 12 : MaxSize;

    private static int DataOffset => s_packed ? 4 : 8;

    public static void Write(byte* ev, uint events, ulong data)
    {
        *(uint*)ev = events;
        Unsafe.WriteUnaligned(ev + DataOffset, data);
    }

    public static uint Events(byte* ev) => *(uint*)ev;

    public static ulong Data(byte* ev) => Unsafe.ReadUnaligned<ulong>(ev + DataOffset);
}
