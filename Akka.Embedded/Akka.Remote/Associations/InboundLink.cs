using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;
using Akka.Remote.Wire;

namespace Akka.Remote.Associations;

/// <summary>
/// One connection that a peer opened, after the handshake: what it says is delivered to the actors here. A message that cannot be
/// understood is logged and dropped; octets that are no frames end the connection.
/// </summary>
internal sealed class InboundLink(Remoting remoting, Connection connection, Address peer, SystemMessageInbox inbox)
{
    private const int ReadSize = 64 * 1024;

    private readonly InboundNames _names = new();
    private readonly WireWriter _answer = new();
    private readonly ILoggingAdapter _log = remoting.Log;
    private long? _toAcknowledge;
    private bool _toPong;

    public Address Peer => peer;

    public SystemMessageInbox Inbox => inbox;

    public void Dispose() => connection.Dispose();

    public async Task RunAsync()
    {
        connection.Frames.Widen(remoting.Settings.MaximumFrameSize, ReadSize);
        remoting.Publish(new AssociatedEvent(remoting.LocalAddress, peer, inbound: true));
        try
        {
            do
            {
                HearAll();
                if (Answer())
                    await connection.SendAsync(_answer.Written).ConfigureAwait(false);
            }
            while (await connection.FillAsync().ConfigureAwait(false));
        }
        catch (WireException e)
        {
            _log.Error("Ending the connection from [{0}]: {1}", peer, e.Message);
            remoting.Publish(new AssociationErrorEvent(e, remoting.LocalAddress, peer, inbound: true, LogLevel.ErrorLevel));
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            _log.Debug("The connection from [{0}] ended: {1}", peer, e.Message);
        }
        finally
        {
            connection.Dispose();
            remoting.Publish(new DisassociatedEvent(remoting.LocalAddress, peer, inbound: true));
        }
    }

    private void HearAll()
    {
        while (connection.Frames.TryTake(out var kind, out var body))
        {
            switch (kind)
            {
                case FrameKind.Message:
                    HearMessage(body);
                    break;
                case FrameKind.SystemMessage:
                    HearSystemMessage(body);
                    break;
                case FrameKind.Ping:
                    _toPong = true;
                    break;
                case FrameKind.ForgetNames:
                    _names.Clear();
                    break;
                default:
                    throw new WireException($"frame {kind} from a dialer");
            }
        }
    }

    private void HearMessage(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        var recipientName = _names.Read(ref reader) ?? throw new WireException("a message without a recipient");
        var senderName = _names.Read(ref reader);
        var serializerId = reader.Int32();
        var manifest = _names.Read(ref reader)?.Text ?? "";
        var payload = reader.Rest.ToArray();
        try
        {
            var recipient = Recipient(recipientName);
            if (recipient is null)
                return;
            var message = remoting.System.Serialization.Deserialize(payload, serializerId, manifest);
            recipient.Tell(message, Sender(senderName)!);
        }
        catch (Exception e)
        {
            if (remoting.MayLogBadInput(out var suppressed))
            {
                _log.Warning(
                    "Dropping a message from [{0}] that cannot be read: serializer {1}, manifest [{2}], {3} octets: {4}{5}",
                    peer, serializerId, Printable(manifest), payload.Length, e.Message, Remoting.AndMore(suppressed));
            }
        }
    }

    private void HearSystemMessage(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        var number = (long)reader.UInt64();
        var recipient = reader.Text();
        var message = SystemMessageCodec.Read(ref reader, path => (IInternalActorRef)remoting.Resolve(path));
        _toAcknowledge = number;
        if (inbox.TryAccept(number) && remoting.Resolve(recipient) is IInternalActorRef { IsLocal: true } actor)
            actor.SendSystemMessage(message);
    }

    /// <summary>Null, and logged: that address is not here.</summary>
    private IInternalActorRef? Recipient(InboundName name)
    {
        // A path without a uid means whoever bears that name now, and one with a uid nobody else ever.
        if (name.Actor is { } known && (name.HasUid || !known.IsTerminated))
            return known;
        var found = (IInternalActorRef)remoting.Resolve(name.Text);
        if (!found.IsLocal)
        {
            _log.Error("Dropping a message from [{0}] for non-local recipient [{1}]", peer, Printable(name.Text));
            return null;
        }

        name.Actor = found is EmptyLocalActorRef ? null : found;
        return found;
    }

    private IActorRef? Sender(InboundName? name)
    {
        if (name is null)
            return null;
        return name.Actor ??= (IInternalActorRef)remoting.Resolve(name.Text);
    }

    private bool Answer()
    {
        _answer.Truncate();
        if (_toAcknowledge is { } number)
        {
            var start = _answer.BeginFrame(FrameKind.Ack);
            _answer.UInt64((ulong)number);
            _answer.EndFrame(start);
        }

        if (_toPong)
            _answer.EndFrame(_answer.BeginFrame(FrameKind.Pong));
        _toAcknowledge = null;
        _toPong = false;
        return _answer.Length > 0;
    }

    /// <summary>Text from outside, fit for one line of a log.</summary>
    private static string Printable(string text) =>
        new([.. text.Take(100).Select(c => char.IsControl(c) ? '?' : c)]);
}
