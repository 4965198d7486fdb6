using Gateway.Actors.Chains;
using Gateway.Protocol;

namespace Gateway.Actors.Members;

/// <summary>
/// What the sender learned of legs at first hand. Clocks differ between nodes, so each piece of news travels with its age.
/// <code>COUNT(1) then for each: FROM TO FAMILY(1) EJECTED(1) AGE(8, ms)</code>
/// </summary>
/// <param name="News">At most 100; <see cref="LegNews.At"/> is the age.</param>
internal sealed record LegsLearned(IReadOnlyList<LegNews> News) : IMemberMessage
{
    /// <summary>So that a message of the longest names stays below 128,000 octets.</summary>
    public const int MostNews = 100;

    public static MemberMessageCodec Codec { get; } = MemberMessageCodec.Of<LegsLearned>("legs-learned.1", Write, Read);

    private static void Write(LegsLearned learned, OctetWriter writer) => writer.List(learned.News.Take(MostNews), news =>
    {
        writer.Text(news.Leg.From);
        writer.Text(news.Leg.To);
        writer.Byte((byte)news.Leg.Family);
        writer.Flag(news.IsEjected);
        writer.Int64((long)news.At.TotalMilliseconds);
    });

    private static LegsLearned Read(ref OctetReader reader) => new(reader.List(ReadOne));

    private static LegNews ReadOne(ref OctetReader reader)
    {
        var leg = new Leg(reader.Text(), reader.Text(), ReadFamily(reader.Byte()));
        var ejected = reader.Flag();
        var age = reader.Int64();
        return age is >= 0 and < int.MaxValue ? new(leg, ejected, TimeSpan.FromMilliseconds(age)) : throw new FormatException("an age out of reason");
    }

    private static IpFamily ReadFamily(byte value) => (IpFamily)value is var family and (IpFamily.None or IpFamily.V4 or IpFamily.V6)
        ? family
        : throw new FormatException($"{value} is no family");
}
