using System.Net.ServerSentEvents;
using Gateway.Node.Status;
using Gateway.Node.Status.Json;

namespace Gateway.Node.Operator;

/// <summary>
/// The events of a gateway as they happen (server-sent events, WHATWG HTML §9.2). After a break it goes on where it was; a gateway that was
/// started anew meanwhile numbers its events from 1, and is followed from there.
/// </summary>
/// <param name="lost">Is told why the gateway cannot be followed at present.</param>
internal sealed class EventFollower(AdminClient client, Action<string> lost)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private DateTimeOffset? _started;

    /// <summary>How long the first pause is; doubles with each that follows.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Ends only when it is cancelled, or the gateway refuses.</summary>
    /// <param name="last">The number of the event behind which it begins.</param>
    /// <exception cref="AdminException">The gateway cannot be had at the beginning, or wants another token.</exception>
    public async IAsyncEnumerable<EventJson> FollowAsync(long last, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await LookForRestartAsync(cancellation);
        var pause = FirstPause;
        for (var isFirst = true; ; isFirst = false)
        {
            HttpResponseMessage? answer = null;
            try
            {
                if (!isFirst && await LookForRestartAsync(cancellation))
                    last = 0;
                answer = await client.OpenAsync("api/events", last, cancellation);
            }
            catch (AdminException e) when (!isFirst && e.ExitCode == ExitCode.Unavailable)
            {
                lost(e.Message);
            }
            if (answer is not null)
            {
                using (answer)
                {
                    await using var events = SseParser.Create(await answer.Content.ReadAsStreamAsync(cancellation), (_, data) => client.Read(data.ToArray(), StatusJson.Default.EventJson))
                        .EnumerateAsync(cancellation).GetAsyncEnumerator(cancellation);
                    while (await NextAsync(events) is { } news)
                    {
                        (last, pause) = (news.Number, FirstPause);
                        yield return news;
                    }
                }
                lost($"{client.Address}: the connection is lost");
            }
            await Task.Delay(pause, cancellation);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private static async Task<EventJson?> NextAsync(IAsyncEnumerator<SseItem<EventJson>> events)
    {
        try
        {
            return await events.MoveNextAsync() ? events.Current.Data : null;
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return null;
        }
    }

    private async Task<bool> LookForRestartAsync(CancellationToken cancellation)
    {
        var cluster = await client.GetAsync("api/cluster", StatusJson.Default.ClusterJson, cancellation);
        var nodes = await client.GetAsync(AdminPath.Of("api/gateways", ("node", cluster.Node)), StatusJson.Default.NodesJsonNodeJson, cancellation);
        var started = nodes.Nodes.Count > 0 ? nodes.Nodes[0].Started : null;
        var isAnother = _started is not null && started != _started;
        _started = started;
        return isAnother;
    }
}
