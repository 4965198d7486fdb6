using System.Net.Sockets;
using System.Text;
using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Actors.Handover;

/// <summary>The gateway that this process goes on with, as this one sees it; <see cref="Successor"/> is the other side.</summary>
public sealed class Predecessor : IDisposable
{
    private readonly DescriptorChannel _channel;

    private Predecessor(DescriptorChannel channel) => _channel = channel;

    public int Process => _channel.PeerProcess;

    /// <summary>What it leaves.</summary>
    public Estate Estate { get; } = new();

    /// <summary>Asks the gateway behind a name for all it has. It goes on as it was until <see cref="TellServing"/>.</summary>
    /// <param name="door">A path, or a name in the abstract namespace behind <c>@</c>.</param>
    /// <param name="listeners">Of this process' settings.</param>
    /// <exception cref="HandoverException">There is none, or it refuses, or it is another gateway.</exception>
    public static async Task<Predecessor> MeetAsync(string door, IReadOnlyList<LiteralEndpoint> listeners)
    {
        var predecessor = new Predecessor(Connect(door));
        try
        {
            await predecessor.ReceiveEstateAsync().ConfigureAwait(false);
            if (!predecessor.Estate.Listeners.Exists(listener => listeners.Contains(listener.Address)))
                throw new HandoverException($"the gateway at {door} (process {predecessor.Process}) has none of the listeners of these settings, but {string.Join(", ", predecessor.Estate.Listeners.Select(listener => listener.Address))}");
            return predecessor;
        }
        catch
        {
            predecessor.Dispose();
            throw;
        }
    }

    /// <summary>This process accepts; the predecessor stops, and what was not taken is its again. One that has died meanwhile needs no word.</summary>
    public void TellServing()
    {
        var taken = Estate.Listeners.Where(listener => listener.IsTaken).ToList();
        Estate.Dispose();
        var writer = HandoverMessage.Begin(HandoverKind.Serving);
        writer.Int32(taken.Count);
        taken.ForEach(listener => writer.Int32(listener.Number));
        try
        {
            _channel.Send(writer.Written);
        }
        catch (TransportException)
        {
            // Then nobody stands between this process and the cluster.
        }
    }

    /// <summary>Joins the cluster when the predecessor has left it or is dead, and takes in the ADDRESS IDs that it gives and uses until it ends.</summary>
    /// <param name="gateway">Accepts.</param>
    /// <param name="released">Called once, when the gateway is this process' alone.</param>
    /// <exception cref="HandoverException">The predecessor goes on after all, because it had given up waiting.</exception>
    public async Task FollowAsync(GatewayHost gateway, Action released)
    {
        var isReleased = false;
        while (await _channel.ReceiveAsync().ConfigureAwait(false) is { } packet)
        {
            using var message = HandoverMessage.Of(packet);
            if (message.Kind == HandoverKind.AddressIds && Estate.TryReadAddressIds(message, out var copies))
                gateway.Inherit(copies);
            else if (message.Kind == HandoverKind.Refused && !isReleased)
                throw new HandoverException(ReadRefusal(message));
            else if (message.Kind == HandoverKind.Released)
                Release();
        }
        Release();

        void Release()
        {
            if (isReleased)
                return;
            isReleased = true;
            gateway.JoinCluster();
            released();
        }
    }

    public void Dispose()
    {
        Estate.Dispose();
        _channel.Dispose();
    }

    private static DescriptorChannel Connect(string door)
    {
        DescriptorChannel channel;
        try
        {
            channel = DescriptorChannel.Connect(door);
        }
        catch (SocketException e)
        {
            throw new HandoverException($"no gateway hands over at {door} (node.handover): {e.Message}");
        }
        if (channel.PeerUser == DescriptorChannel.User)
            return channel;
        channel.Dispose();
        throw new HandoverException($"{door} is held by process {channel.PeerProcess} of user {channel.PeerUser}, and this is user {DescriptorChannel.User}: a gateway is handed over within one user");
    }

    private async Task ReceiveEstateAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            _channel.Send(HandoverMessage.Begin(HandoverKind.TakeOver).Written);
            while (await _channel.ReceiveAsync(limit.Token).ConfigureAwait(false) is { } packet)
            {
                using var message = HandoverMessage.Of(packet);
                if (message.Kind == HandoverKind.Refused)
                    throw new HandoverException(ReadRefusal(message));
                if (message.Kind == HandoverKind.Offered)
                    return;
                Estate.Read(message);
            }
        }
        catch (Exception e) when (e is FormatException or OperationCanceledException or TransportException)
        {
            throw new HandoverException($"process {Process} does not hand over: {e.Message}");
        }
        throw new HandoverException($"process {Process} ended before it had handed anything over");
    }

    private static string ReadRefusal(HandoverMessage message)
    {
        var body = message.Body;
        return Encoding.UTF8.GetString(body.Block());
    }
}
