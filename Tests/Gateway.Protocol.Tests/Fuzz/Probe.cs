namespace Gateway.Protocol.Tests.Fuzz;

/// <summary>
/// What must hold for every parser and every input. Holds without allocating: a broken promise is a number, words come later.
/// </summary>
public static class Probe
{
    public enum Broken
    {
        Nothing, ConsumedWithoutMessage, ConsumedBeyondInput, NeedsWhatFollows, WholeTooEarly, LengthIsNotWhatIsWritten, WrittenIsNotRead, ReadBackIsOther,
    }

    /// <param name="input">At the end of guarded memory.</param>
    /// <param name="scratch">Room for any message.</param>
    /// <param name="cut">Any number: picks the place where the message is cut short.</param>
    public static Broken Message<T>(ReadOnlySpan<byte> input, Span<byte> scratch, uint cut) where T : struct, ISocksMessage<T>, IEquatable<T>
    {
        var broken = Octets<T>(input, cut, out var message, out var whole);
        if (broken != Broken.Nothing || !whole) return broken;

        if (message.Write(scratch) != message.Length) return Broken.LengthIsNotWhatIsWritten;
        if (T.Read(scratch[..message.Length], out var again, out var consumed) != ReadStatus.Complete || consumed != message.Length)
            return Broken.WrittenIsNotRead;
        return message.Equals(again) ? Broken.Nothing : Broken.ReadBackIsOther;
    }

    public static Broken Frame(ReadOnlySpan<byte> input, Span<byte> scratch, uint cut)
    {
        var broken = Octets<GssapiFrame>(input, cut, out var frame, out var whole);
        if (broken != Broken.Nothing || !whole) return broken;
        if (frame.Write(scratch) != frame.Length) return Broken.LengthIsNotWhatIsWritten;
        return scratch[..frame.Length].SequenceEqual(input[..frame.Length]) ? Broken.Nothing : Broken.ReadBackIsOther;
    }

    private static Broken Octets<T>(ReadOnlySpan<byte> input, uint cut, out T message, out bool whole)
        where T : struct, ISocksMessage<T>, allows ref struct
    {
        var status = T.Read(input, out message, out var consumed);
        whole = status == ReadStatus.Complete;
        if (!whole) return consumed == 0 ? Broken.Nothing : Broken.ConsumedWithoutMessage;
        if (consumed <= 0 || consumed > input.Length) return Broken.ConsumedBeyondInput;
        if (T.Read(input[..consumed], out _, out var alone) != ReadStatus.Complete || alone != consumed) return Broken.NeedsWhatFollows;
        return T.Read(input[..(int)(cut % (uint)consumed)], out _, out _) == ReadStatus.Incomplete ? Broken.Nothing : Broken.WholeTooEarly;
    }
}
