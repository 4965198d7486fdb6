using Akka.Cluster;
using Akka.Cluster.Serialization;
using Akka.Remote.Wire;
using static Akka.Embedded.Tests.Cluster.Nodes;

namespace Akka.Embedded.Tests.Cluster;

public class GossipCodecTests
{
    private static readonly Gossip Rich = Gossip(Member(A, MemberStatus.Up, "entry", "relay"), Member(B, MemberStatus.Joining, "relay"), Member(C, MemberStatus.Down))
        .Increment(A).Increment(B).Split([A, B], C).Remove(new HashSet<UniqueAddress> { D }, DateTimeOffset.UnixEpoch.AddDays(1)).MarkSeen(A);

    [Fact]
    public void What_is_written_is_read()
    {
        var read = Read(Write(Rich));
        Assert.Equal(
            Rich.Members.Select(member => (member.UniqueAddress, member.Status, member.UpNumber, string.Join(",", member.Roles.Order()))),
            read.Members.Select(member => (member.UniqueAddress, member.Status, member.UpNumber, string.Join(",", member.Roles.Order()))));
        Assert.Equal(Rich.Seen, read.Seen);
        Assert.Equal(Rich.Reachability.Records.AsEnumerable(), read.Reachability.Records);
        Assert.Equal(Rich.Reachability.Versions.ToString(), read.Reachability.Versions.ToString());
        Assert.Equal(ClockOrder.Same, Rich.Version.CompareTo(read.Version));
        Assert.Equal(Rich.Tombstones, read.Tombstones);
    }

    [Fact]
    public void Every_shorter_text_is_refused()
    {
        var octets = Write(Rich);
        for (var length = 0; length < octets.Length; length++)
            Assert.Throws<WireException>(() => Read(octets[..length]));
    }

    [Fact]
    public void No_octet_can_be_changed_into_a_crash()
    {
        var octets = Write(Rich);
        for (var i = 0; i < octets.Length; i++)
        {
            for (var value = 0; value < 256; value += 5)
            {
                var changed = (byte[])octets.Clone();
                changed[i] = (byte)value;
                Assert.True(Record.Exception(() => Read(changed)) is null or WireException, $"octet {i} = {value}");
            }
        }
    }

    [Fact]
    public void A_hundred_members_fit_into_one_frame() =>
        Assert.InRange(Write(Up([.. Enumerable.Range(0, 100).Select(i => Node($"a{i}.example.net"))]).SeenByAll()).Length, 1, 16_000);

    private static byte[] Write(Gossip gossip)
    {
        var writer = new WireWriter();
        GossipCodec.Write(writer, gossip);
        return writer.ToArray();
    }

    private static Gossip Read(byte[] octets)
    {
        var reader = new WireReader(octets);
        return GossipCodec.Read(ref reader);
    }
}
