using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Gateway.Protocol;

/// <summary>16 octets that name one client's session at every gateway it passes.</summary>
public readonly record struct TraceId(UInt128 Bits)
{
    /// <summary>From a cryptographic generator: nobody else's session has it, and nobody guesses it.</summary>
    public static TraceId Random()
    {
        var bits = default(UInt128);
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(new Span<UInt128>(ref bits)));
        return new(bits);
    }

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Bits.ToString("x32", CultureInfo.InvariantCulture);
}
