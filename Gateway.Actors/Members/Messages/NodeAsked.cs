namespace Gateway.Actors.Members;

/// <summary>An operator's question, put to one member at another.<code>QUESTION TERMS(4, then as many octets)</code></summary>
/// <param name="Question">Its name.</param>
/// <param name="Terms">JSON; what it says depends on the question.</param>
internal sealed record NodeAsked(string Question, byte[] Terms) : IMemberMessage
{
    public static MemberMessageCodec Codec { get; } = MemberMessageCodec.Of<NodeAsked>("node-asked.1", Write, Read);

    private static void Write(NodeAsked asked, OctetWriter writer)
    {
        writer.Text(asked.Question);
        writer.Block(asked.Terms);
    }

    private static NodeAsked Read(ref OctetReader reader) => new(reader.Text(), reader.Block());
}
