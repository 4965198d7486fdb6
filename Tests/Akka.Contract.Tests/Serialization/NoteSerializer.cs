using System.Text;
using Akka.Actor;
using Akka.Serialization;

namespace Akka.Contract.Tests.Serialization;

/// <summary>Writes notes as UTF-8. Version 2 shouts.</summary>
public sealed class NoteSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>A note with this text is written with a manifest that no version knows.</summary>
    public const string FromTheFuture = "from the future";

    public override string Manifest(object o) => o is Note { Text: FromTheFuture } ? "note/99" : "note/1";

    public override byte[] ToBinary(object obj) => Encoding.UTF8.GetBytes(((Note)obj).Text);

    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        "note/1" => new Note(Encoding.UTF8.GetString(bytes)),
        "note/2" => new Note(Encoding.UTF8.GetString(bytes).ToUpperInvariant()),
        _ => throw new ArgumentException($"unknown manifest {manifest}", nameof(manifest)),
    };
}
