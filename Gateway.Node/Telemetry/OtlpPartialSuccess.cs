using System.Globalization;
using System.Text;

namespace Gateway.Node.Telemetry;

/// <summary>
/// What a receiver did not take of a request, in its answer to it: <c>Export…ServiceResponse { partial_success = 1 }</c>,
/// <c>Export…PartialSuccess { int64 rejected_… = 1; string error_message = 2 }</c>.
/// </summary>
internal readonly record struct OtlpPartialSuccess(long Refused, string Message)
{
    private const ulong Varint = 0, Fixed64 = 1, Block = 2, Fixed32 = 5;

    /// <summary>False when there is none, or the octets are no such answer.</summary>
    public static bool TryRead(ReadOnlySpan<byte> response, out OtlpPartialSuccess partial)
    {
        partial = new(0, "");
        var found = false;
        while (response.Length > 0)
        {
            if (!TryReadField(ref response, out var field, out _, out var block))
                return false;
            if (field != 1)
                continue;
            found = true;
            while (block.Length > 0)
            {
                if (!TryReadField(ref block, out var part, out var number, out var text))
                    return false;
                partial = part switch { 1 => partial with { Refused = (long)number }, 2 => partial with { Message = Encoding.UTF8.GetString(text) }, _ => partial };
            }
        }
        return found;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Refused} of a request were refused: {(Message.Length > 0 ? Message : "no reason is given")}");

    private static bool TryReadField(ref ReadOnlySpan<byte> octets, out ulong field, out ulong number, out ReadOnlySpan<byte> block)
    {
        (field, number) = (0, 0);
        block = default;
        if (!TryReadVarint(ref octets, out var key))
            return false;
        field = key >> 3;
        switch (key & 7)
        {
            case Varint:
                return TryReadVarint(ref octets, out number);
            case Block:
                return TryReadVarint(ref octets, out var length) && TryTake(ref octets, length, out block);
            case Fixed64:
                return TryTake(ref octets, 8, out _);
            case Fixed32:
                return TryTake(ref octets, 4, out _);
            default:
                return false;
        }
    }

    private static bool TryTake(ref ReadOnlySpan<byte> octets, ulong count, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        if (count > (ulong)octets.Length)
            return false;
        taken = octets[..(int)count];
        octets = octets[(int)count..];
        return true;
    }

    private static bool TryReadVarint(ref ReadOnlySpan<byte> octets, out ulong value)
    {
        value = 0;
        for (var place = 0; place < octets.Length && place < 10; place++)
        {
            value |= (ulong)(octets[place] & 0x7F) << (7 * place);
            if (octets[place] < 0x80)
            {
                octets = octets[(place + 1)..];
                return true;
            }
        }
        return false;
    }
}
