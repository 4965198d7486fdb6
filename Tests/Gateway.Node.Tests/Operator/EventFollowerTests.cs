using System.Net;
using Gateway.Node.Operator;
using Gateway.Node.Status;
using Gateway.Node.Tests.Admin;
using Testing;

namespace Gateway.Node.Tests.Operator;

public class EventFollowerTests
{
    [Fact]
    public async Task A_gateway_that_was_started_anew_is_followed_from_its_first_event()
    {
        // Nobody else is given a port of an address that only this test uses.
        var door = $"admin.address = \"127.{Random.Shared.Next(128, 250)}.{Random.Shared.Next(250)}.9:8558\"";
        List<string> lost = [];
        var lab = await AdminLab.StartAsync(door);
        using var client = new AdminClient(new AdminTarget(lab.Address, null));
        using var patience = new CancellationTokenSource(Eventually.Patience);
        var follower = new EventFollower(client, lost.Add) { FirstPause = TimeSpan.FromMilliseconds(20) };
        await using var events = follower.FollowAsync(null, EventPlaces.None, patience.Token).GetAsyncEnumerator(patience.Token);
        await lab.PostAsync("/api/drain");
        await lab.PostAsync("/api/undrain");
        Assert.Equal([(1, "draining"), (2, "undrained")], [await NextAsync(), await NextAsync()]);

        await lab.DisposeAsync();
        var next = NextAsync();
        await Eventually.Holds(() => lost.Count > 1, () => "it has not noticed");
        lab = await AdminLab.StartAsync(door);
        await lab.PostAsync("/api/drain");

        Assert.Equal((1, "draining"), await next);
        Assert.Contains(lost, why => why.Contains("the connection is lost"));
        await lab.DisposeAsync();

        async Task<(long, string)> NextAsync() => await events.MoveNextAsync() ? (events.Current.Number, events.Current.Kind) : default;
    }

    [Fact]
    public async Task A_gateway_that_is_not_there_at_the_beginning_is_not_waited_for()
    {
        using var closed = new ClosedPort(IPAddress.Loopback);
        using var client = new AdminClient(new AdminTarget(new Uri($"http://{closed.Endpoint}/"), null));
        await using var events = new EventFollower(client, _ => { }).FollowAsync(null, EventPlaces.None, CancellationToken.None).GetAsyncEnumerator();
        Assert.Equal(69, (await Assert.ThrowsAsync<AdminException>(async () => await events.MoveNextAsync())).ExitCode);
    }
}
