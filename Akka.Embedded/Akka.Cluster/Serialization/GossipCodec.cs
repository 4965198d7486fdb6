using System.Collections.Immutable;
using Akka.Actor;
using Akka.Remote.Wire;

namespace Akka.Cluster.Serialization;

/// <summary>
/// Gossip in octets. Nodes and roles are written once, and named by their numbers from then on.
/// <para><c>PROTOCOL SYSTEM NODES ROLES MEMBERS SEEN REACHABILITY OBSERVERS VERSION TOMBSTONES</c></para>
/// </summary>
internal static class GossipCodec
{
    public static void WriteNode(WireWriter writer, UniqueAddress node)
    {
        writer.Text(node.Address.Protocol);
        writer.Text(node.Address.System);
        WriteHost(writer, node);
    }

    public static UniqueAddress ReadNode(ref WireReader reader)
    {
        var protocol = reader.Text();
        var system = reader.Text();
        return ReadHost(ref reader, protocol, system);
    }

    public static void WriteAddress(WireWriter writer, Address address) => writer.Text(address.ToString());

    /// <exception cref="WireException">It is no address.</exception>
    public static Address ReadAddress(ref WireReader reader) =>
        Address.TryParse(reader.Text(), out var address) ? address : throw new WireException("not an address");

    public static void WriteRoles(WireWriter writer, IReadOnlyCollection<string> roles)
    {
        writer.UInt32((uint)roles.Count);
        foreach (var role in roles)
            writer.Text(role);
    }

    public static ImmutableHashSet<string> ReadRoles(ref WireReader reader)
    {
        var roles = ImmutableHashSet.CreateBuilder<string>();
        for (var count = reader.Count(); count > 0; count--)
            roles.Add(reader.Text());
        return roles.ToImmutable();
    }

    public static void WriteVersions(WireWriter writer, NodeVersions versions)
    {
        writer.UInt32((uint)versions.Count);
        foreach (var entry in versions.Entries)
        {
            WriteNode(writer, entry.Key);
            writer.Int64(entry.Value);
        }
    }

    public static NodeVersions ReadVersions(ref WireReader reader)
    {
        var entries = new KeyValuePair<UniqueAddress, long>[reader.Count()];
        for (var i = 0; i < entries.Length; i++)
            entries[i] = KeyValuePair.Create(ReadNode(ref reader), reader.Int64());
        return NodeVersions.From(entries);
    }

    public static void Write(WireWriter writer, Gossip gossip)
    {
        var nodes = new Numbers<UniqueAddress>(AllNodes(gossip));
        var roles = new Numbers<string>(gossip.Members.SelectMany(member => member.Roles));
        var first = nodes.Values.FirstOrDefault()?.Address;
        writer.Text(first?.Protocol ?? "");
        writer.Text(first?.System ?? "");
        writer.UInt32((uint)nodes.Values.Count);
        foreach (var node in nodes.Values)
            WriteHost(writer, node);
        WriteRoles(writer, roles.Values);

        writer.UInt32((uint)gossip.Members.Count);
        foreach (var member in gossip.Members)
        {
            writer.UInt32(nodes[member.UniqueAddress]);
            writer.Int32(member.UpNumber);
            writer.Byte((byte)member.Status);
            WriteNumbers(writer, member.Roles, roles);
        }

        WriteNumbers(writer, gossip.Seen, nodes);
        writer.UInt32((uint)gossip.Reachability.Records.Length);
        foreach (var record in gossip.Reachability.Records)
        {
            writer.UInt32(nodes[record.Observer]);
            writer.UInt32(nodes[record.Subject]);
            writer.Byte((byte)record.Status);
            writer.Int64(record.Version);
        }

        WriteVersions(writer, gossip.Reachability.Versions, nodes);
        WriteVersions(writer, gossip.Version.Versions, nodes);
        writer.UInt32((uint)gossip.Tombstones.Count);
        foreach (var (node, time) in gossip.Tombstones)
        {
            writer.UInt32(nodes[node]);
            writer.Int64(time);
        }
    }

    /// <exception cref="WireException">The octets are malformed.</exception>
    public static Gossip Read(ref WireReader reader)
    {
        var protocol = reader.Text();
        var system = reader.Text();
        var nodes = new UniqueAddress[reader.Count()];
        for (var i = 0; i < nodes.Length; i++)
            nodes[i] = ReadHost(ref reader, protocol, system);
        var roles = new string[reader.Count()];
        for (var i = 0; i < roles.Length; i++)
            roles[i] = reader.Text();

        var members = ImmutableSortedSet.CreateBuilder<Member>();
        for (var count = reader.Count(); count > 0; count--)
        {
            var node = At(nodes, reader.UInt32());
            var upNumber = reader.Int32();
            var status = ReadStatus(reader.Byte());
            members.Add(new Member(node, upNumber, status, [.. ReadNumbers(ref reader, roles)]));
        }

        ImmutableHashSet<UniqueAddress> seen = [.. ReadNumbers(ref reader, nodes)];
        var records = ImmutableArray.CreateBuilder<ReachabilityRecord>();
        for (var count = reader.Count(); count > 0; count--)
        {
            var observer = At(nodes, reader.UInt32());
            var subject = At(nodes, reader.UInt32());
            var status = reader.Byte();
            if (status > (byte)ReachabilityStatus.Terminated)
                throw new WireException($"reachability {status}");
            records.Add(new ReachabilityRecord(observer, subject, (ReachabilityStatus)status, reader.Int64()));
        }

        var reachability = new Reachability(records.ToImmutable(), ReadVersions(ref reader, nodes));
        var version = new VectorClock(ReadVersions(ref reader, nodes));
        var tombstones = ImmutableDictionary.CreateBuilder<UniqueAddress, long>();
        for (var count = reader.Count(); count > 0; count--)
            tombstones[At(nodes, reader.UInt32())] = reader.Int64();
        return new Gossip(members.ToImmutable(), seen, reachability, version, tombstones.ToImmutable());
    }

    private static IEnumerable<UniqueAddress> AllNodes(Gossip gossip)
    {
        List<UniqueAddress> nodes =
        [
            .. gossip.Members.Select(member => member.UniqueAddress),
            .. gossip.Seen,
            .. gossip.Reachability.Records.Select(record => record.Observer),
            .. gossip.Reachability.Records.Select(record => record.Subject),
            .. gossip.Tombstones.Keys,
        ];
        foreach (var entry in gossip.Reachability.Versions.Entries)
            nodes.Add(entry.Key);
        foreach (var entry in gossip.Version.Versions.Entries)
            nodes.Add(entry.Key);
        return nodes;
    }

    private static void WriteHost(WireWriter writer, UniqueAddress node)
    {
        writer.Text(node.Address.Host);
        writer.UInt32((uint)node.Address.Port.GetValueOrDefault());
        writer.Int32(node.Uid);
    }

    private static UniqueAddress ReadHost(ref WireReader reader, string protocol, string system)
    {
        var host = reader.Text();
        var port = reader.UInt32();
        if (host.Length == 0 || port > ushort.MaxValue)
            throw new WireException("not an address");
        return new UniqueAddress(new Address(protocol, system, host, (int)port), reader.Int32());
    }

    private static void WriteNumbers<T>(WireWriter writer, IReadOnlyCollection<T> things, Numbers<T> numbers)
        where T : notnull
    {
        writer.UInt32((uint)things.Count);
        foreach (var thing in things)
            writer.UInt32(numbers[thing]);
    }

    private static T[] ReadNumbers<T>(ref WireReader reader, T[] things)
    {
        var read = new T[reader.Count()];
        for (var i = 0; i < read.Length; i++)
            read[i] = At(things, reader.UInt32());
        return read;
    }

    private static void WriteVersions(WireWriter writer, NodeVersions versions, Numbers<UniqueAddress> nodes)
    {
        writer.UInt32((uint)versions.Count);
        foreach (var entry in versions.Entries)
        {
            writer.UInt32(nodes[entry.Key]);
            writer.Int64(entry.Value);
        }
    }

    private static NodeVersions ReadVersions(ref WireReader reader, UniqueAddress[] nodes)
    {
        var entries = new KeyValuePair<UniqueAddress, long>[reader.Count()];
        for (var i = 0; i < entries.Length; i++)
            entries[i] = KeyValuePair.Create(At(nodes, reader.UInt32()), reader.Int64());
        return NodeVersions.From(entries);
    }

    private static MemberStatus ReadStatus(byte status) =>
        status <= (byte)MemberStatus.WeaklyUp ? (MemberStatus)status : throw new WireException($"member status {status}");

    private static T At<T>(T[] things, uint number) => number < things.Length ? things[number] : throw new WireException("a number without a meaning");
}
