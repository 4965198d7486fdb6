using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Remote.Wire;
using Akka.Serialization;
using static Akka.Cluster.ClusterMessages;

namespace Akka.Cluster.Serialization;

/// <summary>What cluster nodes say to each other, in octets.</summary>
internal sealed class ClusterMessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override string Manifest(object o) => o switch
    {
        Heartbeat => "HB",
        HeartbeatResponse => "HBR",
        GossipStatus => "GS",
        GossipEnvelope => "GE",
        InitJoin => "IJ",
        InitJoinAck => "IJA",
        InitJoinNack => "IJN",
        Join => "J",
        Welcome => "W",
        ExitingConfirmed => "EC",
        _ => throw new SerializationException($"[{o.GetType()}] is not said between nodes"),
    };

    public override byte[] ToBinary(object obj)
    {
        var writer = new WireWriter();
        switch (obj)
        {
            case Heartbeat heartbeat:
                writer.Int64(heartbeat.Sequence);
                break;
            case HeartbeatResponse response:
                GossipCodec.WriteNode(writer, response.From);
                writer.Int64(response.Sequence);
                break;
            case GossipStatus status:
                GossipCodec.WriteNode(writer, status.From);
                GossipCodec.WriteVersions(writer, status.Version.Versions);
                break;
            case GossipEnvelope envelope:
                GossipCodec.WriteNode(writer, envelope.From);
                GossipCodec.WriteNode(writer, envelope.To);
                GossipCodec.Write(writer, envelope.Gossip);
                break;
            case InitJoinAck ack:
                GossipCodec.WriteAddress(writer, ack.From);
                break;
            case InitJoinNack nack:
                GossipCodec.WriteAddress(writer, nack.From);
                break;
            case Join join:
                GossipCodec.WriteNode(writer, join.Node);
                GossipCodec.WriteRoles(writer, join.Roles);
                break;
            case Welcome welcome:
                GossipCodec.WriteNode(writer, welcome.From);
                GossipCodec.Write(writer, welcome.Gossip);
                break;
            case ExitingConfirmed confirmed:
                GossipCodec.WriteNode(writer, confirmed.Node);
                break;
        }

        return writer.ToArray();
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        var reader = new WireReader(bytes);
        return manifest switch
        {
            "HB" => new Heartbeat(reader.Int64()),
            "HBR" => new HeartbeatResponse(GossipCodec.ReadNode(ref reader), reader.Int64()),
            "GS" => new GossipStatus(GossipCodec.ReadNode(ref reader), new VectorClock(GossipCodec.ReadVersions(ref reader))),
            "GE" => new GossipEnvelope(GossipCodec.ReadNode(ref reader), GossipCodec.ReadNode(ref reader), GossipCodec.Read(ref reader)),
            "IJ" => new InitJoin(),
            "IJA" => new InitJoinAck(GossipCodec.ReadAddress(ref reader)),
            "IJN" => new InitJoinNack(GossipCodec.ReadAddress(ref reader)),
            "J" => new Join(GossipCodec.ReadNode(ref reader), GossipCodec.ReadRoles(ref reader)),
            "W" => new Welcome(GossipCodec.ReadNode(ref reader), GossipCodec.Read(ref reader)),
            "EC" => new ExitingConfirmed(GossipCodec.ReadNode(ref reader)),
            _ => throw new SerializationException($"unknown manifest [{manifest}]"),
        };
    }
}
