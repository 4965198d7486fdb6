using System.Text;
using Gateway.Actors.AddressIds;
using Gateway.Transport;

namespace Gateway.Actors.Handover;

/// <summary>
/// The process that wants to go on with this gateway, as this one sees it.
/// <code>
/// successor   TakeOver ──►                        Serving ──►                       the channel ends
/// this one                 Listener … Offered ──►             Released, AddressIds … ──► with this process
/// </code>
/// Until <c>Serving</c> this gateway accepts as ever, and goes on when the other process refuses, dies or is too slow.
/// </summary>
public sealed class Successor : IDisposable
{
    /// <summary>How long a process may take from what it was offered to its first client.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DescriptorChannel _channel;

    private Successor(DescriptorChannel channel) => _channel = channel;

    public int Process => _channel.PeerProcess;

    /// <summary>Hears what a process wants that has connected.</summary>
    /// <exception cref="HandoverException">It is not of this user, or wants nothing that can be had. It has been told so.</exception>
    public static async Task<Successor> MeetAsync(DescriptorChannel channel, CancellationToken cancellation)
    {
        var successor = new Successor(channel);
        try
        {
            if (channel.PeerUser != DescriptorChannel.User)
                throw new HandoverException($"process {channel.PeerProcess} is of user {channel.PeerUser}, and this gateway of user {DescriptorChannel.User}: it is handed over within one user");
            await successor.HearAsync(HandoverKind.TakeOver, TimeSpan.FromSeconds(5), _ => true, cancellation).ConfigureAwait(false);
            return successor;
        }
        catch (Exception refused) when (refused is HandoverException or OperationCanceledException)
        {
            successor.RefuseAndClose(refused.Message);
            throw;
        }
    }

    /// <summary>Offers all of it, and waits until the other process accepts. The result are the numbers of the listeners that it goes on with.</summary>
    /// <exception cref="HandoverException">It does not.</exception>
    /// <exception cref="OperationCanceledException">This gateway ends instead.</exception>
    internal async Task<IReadOnlyList<int>> OfferAsync(Estate estate, CancellationToken cancellation)
    {
        try
        {
            foreach (var (octets, descriptors) in estate.Write())
                _channel.Send(octets.Written, descriptors);
        }
        catch (TransportException gone)
        {
            throw new HandoverException($"process {Process} does not take what it asked for: {gone.Message}");
        }
        return await HearAsync(HandoverKind.Serving, Patience, ReadTaken, cancellation).ConfigureAwait(false);

        static IReadOnlyList<int> ReadTaken(HandoverMessage serving)
        {
            var body = serving.Body;
            List<int> taken = [];
            for (var rest = body.Count(); rest > 0; rest--)
                taken.Add(body.Count());
            return taken;
        }
    }

    /// <summary>This gateway accepts no more, and has left the cluster. A successor that is dead by now needs no word.</summary>
    public void Release() => TrySend(HandoverMessage.Begin(HandoverKind.Released));

    /// <summary>False when nobody listens any more.</summary>
    internal bool Tell(IReadOnlyList<AddressIdCopy> copies) => TrySend(Estate.Write(copies));

    /// <summary>Tells it that this gateway goes on, and why.</summary>
    public void RefuseAndClose(string reason)
    {
        var writer = HandoverMessage.Begin(HandoverKind.Refused);
        writer.Block(Encoding.UTF8.GetBytes(reason));
        TrySend(writer);
        Dispose();
    }

    public void Dispose() => _channel.Dispose();

    private bool TrySend(Members.OctetWriter octets)
    {
        try
        {
            _channel.Send(octets.Written);
            return true;
        }
        catch (TransportException)
        {
            return false;
        }
    }

    private async Task<T> HearAsync<T>(HandoverKind kind, TimeSpan patience, Func<HandoverMessage, T> read, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            while (await _channel.ReceiveAsync(limit.Token).ConfigureAwait(false) is { } packet)
            {
                using var message = HandoverMessage.Of(packet);
                if (message.Kind == kind)
                    return read(message);
            }
        }
        catch (FormatException e)
        {
            throw new HandoverException($"process {Process} does not make sense: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new HandoverException($"process {Process} did not come so far in {patience.TotalSeconds:0} s");
        }
        throw new HandoverException($"process {Process} ended before it accepted");
    }
}
