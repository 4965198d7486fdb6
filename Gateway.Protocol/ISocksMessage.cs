namespace Gateway.Protocol;

/// <summary>
/// A message of the wire as a value. It reads itself from the start of a contiguous buffer and writes itself into one;
/// the transport keeps whatever stands behind it.
/// </summary>
/// <remarks>
/// <see cref="Read"/> is the whole parser: it never throws, never allocates, and looks at no octet outside its buffer.
/// <see cref="SocksMessage"/> puts <c>TryRead</c> ("false = not yet, exception = never") over it for every message alike.
/// </remarks>
public interface ISocksMessage<TSelf> where TSelf : struct, ISocksMessage<TSelf>, allows ref struct
{
    /// <summary>Reads one message from the start of <paramref name="buffer"/>.</summary>
    /// <param name="message">The message, when the answer is <see cref="ReadStatus.Complete"/>; otherwise its default.</param>
    /// <param name="consumed">Octets of the message, when the answer is <see cref="ReadStatus.Complete"/>; otherwise 0.</param>
    /// <returns>Complete, Incomplete, or the rule that is broken; a violation is reported with the first octet that shows it.</returns>
    static abstract ReadStatus Read(ReadOnlySpan<byte> buffer, out TSelf message, out int consumed);

    /// <summary>
    /// The octets owed to a sender that broke the rule <paramref name="violation"/> with this message; empty when nothing is owed.
    /// </summary>
    static abstract ReadOnlyMemory<byte> Owed(ReadStatus violation);

    /// <summary>Octets that <see cref="Write"/> writes.</summary>
    int Length { get; }

    /// <summary>
    /// Writes the message to the start of <paramref name="destination"/>, which has room for <see cref="Length"/> octets, and says how many
    /// that took.
    /// </summary>
    int Write(Span<byte> destination);
}
