using System.Threading.Channels;

namespace Gateway.Actors.Status;

/// <summary>News of a gateway's events for one reader. To one who reads too slowly the oldest are lost; gaps in their numbers say so.</summary>
public sealed class EventSubscription : IDisposable
{
    private readonly GatewayEvents _events;

    private readonly Channel<GatewayEvent> _waiting = Channel.CreateBounded<GatewayEvent>(
        new BoundedChannelOptions(GatewayEvents.Capacity) { FullMode = BoundedChannelFullMode.DropOldest });

    internal EventSubscription(GatewayEvents events) => _events = events;

    public ChannelReader<GatewayEvent> Events => _waiting.Reader;

    public void Dispose()
    {
        _events.Unsubscribe(this);
        _waiting.Writer.TryComplete();
    }

    internal void Offer(GatewayEvent news) => _waiting.Writer.TryWrite(news);
}
