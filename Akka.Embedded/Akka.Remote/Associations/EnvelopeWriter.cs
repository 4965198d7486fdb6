using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Remote.Wire;
using Akka.Serialization;

namespace Akka.Remote.Associations;

/// <summary>
/// Writes messages into the buffer of one connection.
/// <para><c>Message: RECIPIENT SENDER SERIALIZER-ID MANIFEST PAYLOAD</c></para>
/// <para><c>SystemMessage: NUMBER RECIPIENT TYPE(1) …</c></para>
/// A message that cannot be written is logged and dropped; the connection does not suffer.
/// </summary>
internal sealed class EnvelopeWriter(ExtendedActorSystem system, int maximumFrame, ILoggingAdapter log)
{
    private const int FixedPart = 32;

    private readonly WireWriter _buffer = new(BatchSize);
    private readonly OutboundNames _names = new();
    private readonly Akka.Serialization.Serialization _serialization = system.Serialization;
    private readonly Information _information = system.Provider.SerializationInformation;

    /// <summary>When so much has been written, it is time to send.</summary>
    public const int BatchSize = 64 * 1024;

    public bool IsEmpty => _buffer.Length == 0;

    public bool IsFull => _buffer.Length >= BatchSize;

    public ReadOnlyMemory<byte> Written => _buffer.Written;

    public void Sent() => _buffer.Truncate(0, BatchSize * 4);

    public void Signal(FrameKind kind) => _buffer.EndFrame(_buffer.BeginFrame(kind));

    public void Message(object message, IActorRef? sender, RemoteActorRef recipient)
    {
        byte[] payload;
        string manifest;
        int serializerId;
        try
        {
            var serializer = _serialization.FindSerializerFor(message);
            serializerId = serializer.Identifier;
            manifest = PayloadCodec.Manifest(serializer, message);
            payload = Akka.Serialization.Serialization.WithTransport(
                _information, (serializer, message), static state => state.serializer.ToBinary(state.message));
        }
        catch (Exception e)
        {
            log.Error(e, "Failed to serialize a message of type [{0}] for [{1}]; it is dropped", message.GetType(), recipient);
            return;
        }

        var recipientName = NameOf(recipient);
        var senderName = sender is null or DeadLetterActorRef ? default : NameOf(sender);
        var size = (long)payload.Length + (manifest.Length * 3) + recipientName.Size + senderName.Size + FixedPart;
        if (size > maximumFrame)
        {
            log.Error(
                "Discarding oversized payload sent to [{0}]: max allowed size {1} bytes, actual size of encoded {2} was {3} bytes; the association stays",
                recipient, maximumFrame, message.GetType(), size);
            return;
        }

        EnsureRoomForNames();
        var start = _buffer.BeginFrame(FrameKind.Message);
        WriteName(recipientName);
        WriteName(senderName);
        _buffer.Int32(serializerId);
        WriteManifest(manifest);
        _buffer.Raw(payload);
        _buffer.EndFrame(start);
    }

    public void SystemMessage(long number, ISystemMessage message, IActorRef recipient)
    {
        var start = _buffer.BeginFrame(FrameKind.SystemMessage);
        _buffer.UInt64((ulong)number);
        _buffer.Text(PathOf(recipient));
        SystemMessageCodec.Write(_buffer, message, PathOf);
        _buffer.EndFrame(start);
    }

    private void EnsureRoomForNames()
    {
        if (_names.Room >= 3)
            return;
        _names.Clear();
        Signal(FrameKind.ForgetNames);
    }

    /// <summary>Its text is made only when it has no number.</summary>
    private Name NameOf(IActorRef reference)
    {
        if (_names.TryFind(reference, out var entry))
            return new Name(reference, null, entry.TextLength + 10);
        var text = PathOf(reference);
        return new Name(reference, text, text.Length + 10);
    }

    private void WriteName(in Name name)
    {
        if (name.Reference is null)
        {
            _buffer.UInt32(OutboundNames.None);
        }
        else if (_names.TryFind(name.Reference, out var entry))
        {
            _buffer.UInt32(OutboundNames.FirstNumber + entry.Number);
        }
        else if (IsLasting(name.Reference))
        {
            _names.Define(_buffer, name.Reference, name.Text ?? PathOf(name.Reference));
        }
        else
        {
            _buffer.UInt32(OutboundNames.Literal);
            _buffer.Text(name.Text ?? PathOf(name.Reference));
        }
    }

    private void WriteManifest(string manifest)
    {
        if (manifest.Length == 0)
            _buffer.UInt32(OutboundNames.None);
        else if (_names.TryFind(manifest, out var entry))
            _buffer.UInt32(OutboundNames.FirstNumber + entry.Number);
        else
            _names.Define(_buffer, manifest, manifest);
    }

    /// <summary>The reference behind an Ask is written once, so a number for it would be wasted.</summary>
    private static bool IsLasting(IActorRef reference) => reference is LocalActorRef or RemoteActorRef { IsTemporary: false };

    private string PathOf(IActorRef reference) => reference.Path.ToSerializationFormatWithAddress(_information.Address);

    private readonly record struct Name(IActorRef? Reference, string? Text, int Size);
}
