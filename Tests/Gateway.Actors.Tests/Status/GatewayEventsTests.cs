using Gateway.Actors.Status;
using Testing;

namespace Gateway.Actors.Tests.Status;

public class GatewayEventsTests
{
    private readonly GatewayEvents _events = new("g1", TimeProvider.System);

    [Fact]
    public void The_oldest_make_room_for_the_newest()
    {
        for (var i = 0; i < GatewayEvents.Capacity + 10; i++)
            Add(i);
        var kept = _events.After(0);
        Assert.Equal(GatewayEvents.Capacity, kept.Count);
        Assert.Equal((11, "10"), (kept[0].Number, kept[0].Message));
        Assert.Equal(["g1"], kept.Select(news => news.Node).Distinct());
        Assert.Single(_events.After(GatewayEvents.Capacity + 9));
    }

    [Fact]
    public async Task A_subscriber_hears_what_was_and_what_comes_without_a_gap()
    {
        Add(0);
        Add(1);
        using var subscription = _events.Subscribe(after: 1);
        Add(2);
        Assert.Equal("1", (await NextAsync(subscription)).Message);
        Assert.Equal("2", (await NextAsync(subscription)).Message);
    }

    [Fact]
    public async Task A_slow_subscriber_loses_the_oldest_and_holds_up_nobody()
    {
        using var subscription = _events.Subscribe(0);
        for (var i = 0; i < 3 * GatewayEvents.Capacity; i++)
            Add(i);
        Assert.Equal(2 * GatewayEvents.Capacity + 1, (await NextAsync(subscription)).Number);
    }

    [Fact]
    public async Task One_who_left_hears_no_more()
    {
        var subscription = _events.Subscribe(0);
        subscription.Dispose();
        Add(0);
        Assert.False(await subscription.Events.WaitToReadAsync().AsTask().WaitAsync(Eventually.Patience));
    }

    private void Add(int number) => _events.Add(GatewayEventKind.SessionFailed, "session 1", $"{number}");

    private static Task<GatewayEvent> NextAsync(EventSubscription subscription) =>
        subscription.Events.ReadAsync().AsTask().WaitAsync(Eventually.Patience);
}
