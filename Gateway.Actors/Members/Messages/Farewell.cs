namespace Gateway.Actors.Members;

/// <summary>A member has left for good: nobody need wait for a sign of life. <code>ADDRESS UID(4)</code></summary>
internal sealed record Farewell(Incarnation Incarnation) : IMemberMessage
{
    public static MemberMessageCodec Codec { get; } = MemberMessageCodec.Of<Farewell>(
        "farewell.1",
        static (farewell, writer) => Greeting.WriteIncarnation(farewell.Incarnation, writer),
        static (ref OctetReader reader) => new Farewell(Greeting.ReadIncarnation(ref reader)));
}
