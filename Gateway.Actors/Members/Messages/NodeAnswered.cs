namespace Gateway.Actors.Members;

/// <summary>The answer to <see cref="NodeAsked"/>.<code>ANSWER(4, then as many octets)</code></summary>
/// <param name="Answer">JSON; empty when the question is not known there, or its answer is longer than a message may be.</param>
internal sealed record NodeAnswered(byte[] Answer) : IMemberMessage
{
    /// <summary>So that the message stays below 128,000 octets.</summary>
    public const int MostOctets = 120_000;

    public static MemberMessageCodec Codec { get; } = MemberMessageCodec.Of<NodeAnswered>("node-answered.1", Write, Read);

    private static void Write(NodeAnswered answered, OctetWriter writer) => writer.Block(answered.Answer);

    private static NodeAnswered Read(ref OctetReader reader) => new(reader.Block());
}
