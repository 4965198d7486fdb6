using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Remote.Wire;
using Akka.Serialization;

namespace Akka.Remote.Serialization;

/// <summary>Akka's own small messages. An exception crosses as its type's name and text, and arrives as a <see cref="RemoteFailureException"/>.</summary>
internal sealed class MiscMessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override string Manifest(object o) => o switch
    {
        Identify => "ID",
        ActorIdentity => "AID",
        IActorRef => "AR",
        PoisonPill => "PP",
        Kill => "K",
        Status.Success => "SS",
        Status.Failure => "SF",
        Done => "DO",
        WatchHeartbeat => "RWHB",
        WatchHeartbeatResponse => "RWHR",
        _ => throw new SerializationException($"[{o.GetType()}] is not a message of Akka's own"),
    };

    public override byte[] ToBinary(object obj)
    {
        var writer = new WireWriter();
        switch (obj)
        {
            case Identify identify:
                NestedPayload.Write(writer, system.Serialization, identify.MessageId);
                break;
            case ActorIdentity identity:
                NestedPayload.Write(writer, system.Serialization, identity.MessageId);
                writer.Text(PathOf(identity.Subject));
                break;
            case IActorRef reference:
                writer.Text(PathOf(reference));
                break;
            case Status.Success success:
                NestedPayload.Write(writer, system.Serialization, success.Status);
                break;
            case Status.Failure failure:
                writer.Text(failure.Cause?.GetType().FullName ?? "");
                writer.Text(failure.Cause?.Message ?? "");
                NestedPayload.Write(writer, system.Serialization, failure.State);
                break;
            case WatchHeartbeatResponse response:
                writer.Int32(response.Uid);
                break;
        }

        return writer.ToArray();
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        var reader = new WireReader(bytes);
        switch (manifest)
        {
            case "ID":
                return new Identify(NestedPayload.Read(ref reader, system.Serialization)!);
            case "AID":
                return new ActorIdentity(NestedPayload.Read(ref reader, system.Serialization)!, Resolve(reader.Text()));
            case "AR":
                return Resolve(reader.Text()) ?? ActorRefs.Nobody;
            case "PP":
                return PoisonPill.Instance;
            case "K":
                return Kill.Instance;
            case "SS":
                return new Status.Success(NestedPayload.Read(ref reader, system.Serialization));
            case "SF":
                return ReadFailure(ref reader);
            case "DO":
                return Done.Instance;
            case "RWHB":
                return WatchHeartbeat.Instance;
            case "RWHR":
                return new WatchHeartbeatResponse(reader.Int32());
            default:
                throw new SerializationException($"unknown manifest [{manifest}]");
        }
    }

    private Status.Failure ReadFailure(ref WireReader reader)
    {
        var type = reader.Text();
        var text = reader.Text();
        var state = NestedPayload.Read(ref reader, system.Serialization);
        return new Status.Failure(new RemoteFailureException(type.Length == 0 ? text : $"{type}: {text}"), state);
    }

    private string PathOf(IActorRef? reference) => reference is null || reference.IsNobody()
        ? ""
        : reference.Path.ToSerializationFormatWithAddress(system.Provider.DefaultAddress);

    private IActorRef? Resolve(string path) => path.Length == 0 ? null : system.Provider.ResolveActorRef(path);
}
