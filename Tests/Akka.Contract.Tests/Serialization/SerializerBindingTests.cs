using Akka.Actor;
using Akka.Serialization;

namespace Akka.Contract.Tests.Serialization;

public sealed class SerializerBindingTests() : ContractTest("""
    akka.actor {
      serializers {
        notes = "Akka.Contract.Tests.Serialization.NoteSerializer, Akka.Contract.Tests"
      }
      serialization-bindings {
        "Akka.Contract.Tests.Serialization.INote, Akka.Contract.Tests" = notes
      }
      serialization-identifiers {
        "Akka.Contract.Tests.Serialization.NoteSerializer, Akka.Contract.Tests" = 4242
      }
    }
    """)
{
    [Fact]
    public void A_bound_interface_covers_what_implements_it()
    {
        var serializer = Sys.Serialization.FindSerializerFor(new Note("hello"));
        Assert.IsType<NoteSerializer>(serializer);
        Assert.Equal(4242, serializer.Identifier);
    }

    [Fact]
    public void A_message_survives_the_way_through_bytes_and_manifest()
    {
        var note = new Note("hello");
        var serializer = (SerializerWithStringManifest)Sys.Serialization.FindSerializerFor(note);
        var bytes = serializer.ToBinary(note);
        Assert.Equal("note/1", serializer.Manifest(note));
        Assert.Equal(note, Sys.Serialization.Deserialize(bytes, serializer.Identifier, "note/1"));
    }

    [Fact]
    public void Versions_are_told_by_the_manifest()
    {
        var bytes = "hello"u8.ToArray();
        Assert.Equal(new Note("HELLO"), Sys.Serialization.Deserialize(bytes, 4242, "note/2"));
    }

    [Fact]
    public void An_unknown_manifest_is_refused_by_the_serializer() =>
        Assert.Throws<ArgumentException>(() => { Sys.Serialization.Deserialize([], 4242, "System.Diagnostics.Process"); });

    [Fact]
    public void An_unknown_serializer_is_refused() =>
        Assert.ThrowsAny<Exception>(() => { Sys.Serialization.Deserialize([], 987654, "note/1"); });

    [Fact]
    public void A_reference_can_be_written_and_read_again()
    {
        var actor = Idle("referenced");
        var text = Akka.Serialization.Serialization.SerializedActorPath(actor);
        Assert.Equal(actor, ((ExtendedActorSystem)Sys).Provider.ResolveActorRef(text));
    }
}
