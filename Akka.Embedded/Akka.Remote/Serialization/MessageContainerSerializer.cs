using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Remote.Wire;
using Akka.Serialization;

namespace Akka.Remote.Serialization;

/// <summary>
/// A message to a selection of actors: <c>WILDCARD(1) COUNT (TYPE(1) TEXT)*</c>, then the message.
/// </summary>
internal sealed class MessageContainerSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const string SelectionManifest = "S";
    private const byte Parent = 0;
    private const byte ChildName = 1;
    private const byte ChildPattern = 2;

    public override string Manifest(object o) => SelectionManifest;

    public override byte[] ToBinary(object obj)
    {
        var selection = (ActorSelectionMessage)obj;
        var writer = new WireWriter();
        writer.Boolean(selection.WildCardFanOut);
        writer.UInt32((uint)selection.Elements.Length);
        foreach (var element in selection.Elements)
        {
            var (type, text) = element switch
            {
                SelectParent => (Parent, ""),
                SelectChildName name => (ChildName, name.Name),
                SelectChildPattern pattern => (ChildPattern, pattern.PatternStr),
                _ => throw new SerializationException($"[{element.GetType()}] cannot be selected elsewhere"),
            };
            writer.Byte(type);
            writer.Text(text);
        }

        NestedPayload.Write(writer, system.Serialization, selection.Message);
        return writer.ToArray();
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (manifest != SelectionManifest)
            throw new SerializationException($"unknown manifest [{manifest}]");
        var reader = new WireReader(bytes);
        var wildcard = reader.Boolean();
        var elements = new SelectionPathElement[reader.Count()];
        for (var i = 0; i < elements.Length; i++)
        {
            var type = reader.Byte();
            var text = reader.Text();
            elements[i] = type switch
            {
                Parent => new SelectParent(),
                ChildName => new SelectChildName(text),
                ChildPattern => new SelectChildPattern(text),
                _ => throw new SerializationException($"unknown path element {type}"),
            };
        }

        var message = NestedPayload.Read(ref reader, system.Serialization) ?? throw new SerializationException("a selection without a message");
        return new ActorSelectionMessage(message, elements, wildcard);
    }
}
