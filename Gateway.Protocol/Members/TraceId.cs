using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Gateway.Protocol;

/// <summary>16 octets that name one client's session at every gateway it passes.</summary>
public readonly record struct TraceId(UInt128 Bits)
{
    /// <summary>Drawn at once: asking the generator costs about 2 µs, however little it is asked for.</summary>
    private const int DrawnAtOnce = 64;

    [ThreadStatic]
    private static UInt128[]? _drawn;

    [ThreadStatic]
    private static int _left;

    /// <summary>From a cryptographic generator: nobody else's session has it, and nobody guesses it.</summary>
    public static TraceId Random()
    {
        var drawn = _drawn ??= new UInt128[DrawnAtOnce];
        if (_left == 0)
        {
            RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(drawn.AsSpan()));
            _left = DrawnAtOnce;
        }
        return new(drawn[--_left]);
    }

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Bits.ToString("x32", CultureInfo.InvariantCulture);
}
