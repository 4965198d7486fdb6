using System.Text.Json;
using Gateway.Actors.Members;
using Gateway.Node.Status;
using Gateway.Node.Status.Json;

namespace Gateway.Node.Tests.Status;

/// <summary>Lists that are longer than a message between gateways may be.</summary>
public class LongAnswerTests
{
    [Fact]
    public void A_page_of_sessions_is_cut_and_the_next_one_goes_on_behind_the_cut()
    {
        var page = new SessionsJson("g1", null, 5000, 200, [.. Enumerable.Range(1, 200).Select(Session)]);

        var octets = ClusterAnswers.Fit(page, StatusJson.Default.SessionsJson, many => many.Shorter());

        Assert.InRange(octets.Length, 1, NodeQuestions.MostOctets);
        var cut = JsonSerializer.Deserialize(octets, StatusJson.Default.SessionsJson)!;
        Assert.Equal((5000, 100, 100), (cut.Matched, cut.Sessions.Count, cut.Next));
        Assert.Equal(100, cut.Sessions[^1].Id);
    }

    [Theory]
    [InlineData(0, null, 101)]
    [InlineData(17, null, 1)]
    [InlineData(0, 1000, 1)]
    public void Of_events_the_latest_are_left_but_those_that_come_next_to_whoever_follows(long after, int? waitMs, int first)
    {
        var query = new EventsQuery(after, WaitMs: waitMs);
        var all = new EventsJson("g1", null, [.. Enumerable.Range(1, 200).Select(number => new EventJson(number, default, "g1", "session-failed", "session 1", new string('x', 1000)))]);

        var octets = ClusterAnswers.Fit(all, StatusJson.Default.EventsJson, many => many.Shorter(query));

        Assert.InRange(octets.Length, 1, NodeQuestions.MostOctets);
        Assert.Equal(Enumerable.Range(first, 100).Select(number => (long)number), JsonSerializer.Deserialize(octets, StatusJson.Default.EventsJson)!.Events.Select(news => news.Number));
    }

    [Fact]
    public void An_answer_that_fits_stays_whole()
    {
        var page = new SessionsJson("g1", null, 2, null, [Session(1), Session(2)]);
        Assert.Equal(JsonSerializer.SerializeToUtf8Bytes(page, StatusJson.Default.SessionsJson), ClusterAnswers.Fit(page, StatusJson.Default.SessionsJson, many => many.Shorter()));
    }

    private static SessionJson Session(int id) => new()
    {
        Id = id, Started = default, State = "relaying", Client = "127.0.0.1:1", Listener = "127.0.0.1:1080", Destination = new string('n', 1000),
    };
}
