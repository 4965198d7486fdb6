using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Gateway.Node.Status;
using Gateway.Node.Status.Json;

namespace Gateway.Node.Operator;

/// <summary>
/// The events of gateways as they happen (server-sent events, WHATWG HTML §9.2). After a break it goes on where it was, also where a gateway
/// was started anew meanwhile.
/// </summary>
/// <param name="lost">Is told why the gateway cannot be followed at present.</param>
internal sealed class EventFollower(AdminClient client, Action<string> lost)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>How long the first pause is; doubles with each that follows.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Ends only when it is cancelled, or the gateway refuses.</summary>
    /// <param name="node">Whose: a name, <c>*</c> for all, null for the gateway that is asked.</param>
    /// <param name="places">Behind which it begins.</param>
    /// <exception cref="AdminException">The gateway cannot be had at the beginning, or wants another token.</exception>
    public async IAsyncEnumerable<EventJson> FollowAsync(string? node, EventPlaces places, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (last, pause) = (places.ToString(), FirstPause);
        for (var isFirst = true; ; isFirst = false)
        {
            HttpResponseMessage? answer = null;
            try
            {
                answer = await client.OpenAsync(AdminPath.Of("api/events", ("node", node)), last, cancellation);
            }
            catch (AdminException e) when (!isFirst && e.ExitCode == ExitCode.Unavailable)
            {
                lost(e.Message);
            }
            if (answer is not null)
            {
                using (answer)
                {
                    var parser = SseParser.Create(await answer.Content.ReadAsStreamAsync(cancellation), (_, data) => client.Read(data.ToArray(), StatusJson.Default.EventJson));
                    await using var events = parser.EnumerateAsync(cancellation).GetAsyncEnumerator(cancellation);
                    while (await NextAsync(events) is { } news)
                    {
                        (last, pause) = (parser.LastEventId, FirstPause);
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
}
