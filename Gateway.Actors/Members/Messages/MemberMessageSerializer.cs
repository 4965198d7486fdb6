using System.Collections.Concurrent;
using System.Collections.Frozen;
using Akka.Actor;
using Akka.Event;
using Akka.Serialization;

namespace Gateway.Actors.Members;

/// <summary>
/// Every message between gateways, with its own manifest. No type named by the wire is ever made: a manifest that is not in the table,
/// or octets that do not fit it, give an <see cref="Unreadable"/> and one line in the log, so that another version in the cluster, or
/// a broken one, costs nothing.
/// </summary>
internal sealed class MemberMessageSerializer : SerializerWithStringManifest
{
    /// <summary>In Akka's table of serializers; those up to 40 are Akka's own.</summary>
    public const int Number = 640;

    private const int ComplaintsAtMost = 100;

    private static readonly MemberMessageCodec[] Codecs =
    [
        Greeting.Codec, Farewell.Codec, LegsLearned.Codec, NodeAsked.Codec, NodeAnswered.Codec, AddressIdsTold.Codec, AddressIdsHeld.Codec,
    ];

    private static readonly FrozenDictionary<Type, MemberMessageCodec> ByType = Codecs.ToFrozenDictionary(codec => codec.Type);

    private static readonly FrozenDictionary<string, MemberMessageCodec> ByManifest = Codecs.ToFrozenDictionary(codec => codec.Manifest);

    private readonly ConcurrentDictionary<string, byte> _complaints = new();
    private readonly ExtendedActorSystem _system;

    public MemberMessageSerializer(ExtendedActorSystem system) : base(system) => _system = system;

    public override int Identifier => Number;

    public override string Manifest(object o) => CodecOf(o).Manifest;

    public override byte[] ToBinary(object obj)
    {
        var writer = new OctetWriter();
        CodecOf(obj).Write((IMemberMessage)obj, writer);
        return writer.Written.ToArray();
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (!ByManifest.TryGetValue(manifest, out var codec))
            return Complain(manifest, "this version does not know it");
        try
        {
            var reader = new OctetReader(bytes);
            var message = codec.Read(ref reader);
            reader.End();
            return message;
        }
        catch (FormatException e)
        {
            return Complain(manifest, e.Message);
        }
    }

    /// <summary>Serializers are made before their system can log.</summary>
    private ILoggingAdapter Log => field ??= Logging.GetLogger(_system, this);

    private static MemberMessageCodec CodecOf(object message) => ByType.TryGetValue(message.GetType(), out var codec)
        ? codec
        : throw new ArgumentException($"{message.GetType()} has no codec", nameof(message));

    private Unreadable Complain(string manifest, string why)
    {
        if (_complaints.Count < ComplaintsAtMost && _complaints.TryAdd($"{manifest} {why}", 0))
            Log.Warning("a member's message of kind {0} is dropped: {1}; further ones silently", manifest, why);
        return Unreadable.Instance;
    }
}
