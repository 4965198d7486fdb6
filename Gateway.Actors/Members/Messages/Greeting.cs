using Akka.Actor;
using Gateway.Actors.Settings.Reading;
using Gateway.Protocol;

namespace Gateway.Actors.Members;

/// <summary>
/// What a member tells every other that it knows, once a second and at each change: who it is, and which cluster it is in. It is a sign
/// of life too.
/// <code>NAME ADDRESS UID(4) ROLES ENDPOINTS EGRESS(1) SESSIONS(4) DRAINING(1) JOINED(1) SIZE(4) LOWEST COUNTS-YOU(1)</code>
/// </summary>
/// <param name="Member">The sender.</param>
/// <param name="View">The cluster that it is in.</param>
/// <param name="CountsYou">The receiver is a member of that cluster, in its present life.</param>
internal sealed record Greeting(MemberAnnouncement Member, ClusterView View, bool CountsYou) : IMemberMessage
{
    public static MemberMessageCodec Codec { get; } = MemberMessageCodec.Of<Greeting>("greeting.1", Write, Read);

    private static void Write(Greeting greeting, OctetWriter writer)
    {
        var member = greeting.Member;
        writer.Text(member.Name);
        WriteIncarnation(member.Incarnation, writer);
        writer.List(member.Roles, writer.Text);
        writer.List(member.Endpoints, writer.Endpoint);
        writer.Byte((byte)member.Egress);
        writer.Int32(member.Sessions);
        writer.Flag(member.IsDraining);
        writer.Flag(greeting.View.IsJoined);
        writer.Int32(greeting.View.Size);
        writer.Text(greeting.View.Lowest);
        writer.Flag(greeting.CountsYou);
    }

    private static Greeting Read(ref OctetReader reader)
    {
        var member = new MemberAnnouncement
        {
            Name = ReadName(ref reader),
            Incarnation = ReadIncarnation(ref reader),
            Roles = reader.List(ReadName),
            Endpoints = reader.List(static (ref OctetReader from) => from.Endpoint()),
            Egress = ReadEgress(reader.Byte()),
            Sessions = reader.Count(),
            IsDraining = reader.Flag(),
        };
        return new(member, new(reader.Flag(), reader.Count(), reader.Text()), reader.Flag());
    }

    public static void WriteIncarnation(Incarnation incarnation, OctetWriter writer)
    {
        writer.Text(incarnation.Address);
        writer.Int32(incarnation.Uid);
    }

    public static Incarnation ReadIncarnation(ref OctetReader reader)
    {
        var address = reader.Text();
        return Address.TryParse(address, out _) ? new(address, reader.Int32()) : throw new FormatException("not an address");
    }

    private static string ReadName(ref OctetReader reader) =>
        reader.Text() is var name && NodeReader.IsName(name) ? name : throw new FormatException("not a name");

    private static FamilyWish ReadEgress(byte value) =>
        value <= (byte)FamilyWish.PreferIpv6 ? (FamilyWish)value : throw new FormatException($"{value} is no family");
}
