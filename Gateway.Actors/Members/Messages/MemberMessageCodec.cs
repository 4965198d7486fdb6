namespace Gateway.Actors.Members;

/// <summary>A kind of message and its octets.</summary>
/// <param name="Manifest">Names kind and version on the wire: <c>greeting.1</c>. Other octets get another version.</param>
/// <param name="Type">What is written and read.</param>
/// <param name="Write">Puts a message into octets.</param>
/// <param name="Read">Reads it back, and throws <see cref="FormatException"/> when it is none.</param>
internal sealed record MemberMessageCodec(string Manifest, Type Type, Action<IMemberMessage, OctetWriter> Write, MemberMessageCodec.Reading Read)
{
    public delegate IMemberMessage Reading(ref OctetReader reader);

    public static MemberMessageCodec Of<T>(string manifest, Action<T, OctetWriter> write, Reading read) where T : IMemberMessage =>
        new(manifest, typeof(T), (message, writer) => write((T)message, writer), read);
}
