using Gateway.Node.Status.Json;
using Gateway.Node.Terminal;
using Gateway.Node.Terminal.Top;

namespace Gateway.Node.Tests.Terminal;

public class TopTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Nodes = ["e1", "r1"];

    [Fact]
    public void Keys_choose_order_filter_and_gateway()
    {
        var view = new TopView();
        Assert.Equal(TopSort.Total, Type(view, "s").Sort);
        Assert.Equal(TopSort.Traffic, Type(view, "ssss").Sort);
        Assert.Equal(("e1", "r1", null), (Type(view, "n").Node, Type(view, "nn").Node, Type(view, "nnn").Node));
        Assert.Equal("r1", Type(view, "N").Node);
        Assert.Equal((true, true, true), (Type(view, "p").IsPaused, Type(view, "?").ShowsHelp, Type(view, "q").IsOver));
        Assert.True(view.Press(new ConsoleKeyInfo('\u0003', ConsoleKey.C, false, false, control: true), Nodes).IsOver);

        var typing = Type(view, "/sq");
        Assert.Equal(("sq", TopSort.Traffic, false), (typing.Typing, typing.Sort, typing.IsOver));
        var filtered = Press(Press(typing, ConsoleKey.Backspace), ConsoleKey.Enter);
        Assert.Equal(("s", null), (filtered.Filter, filtered.Typing));
        Assert.Equal("s", Press(Type(filtered, "/x"), ConsoleKey.Escape).Filter);
        Assert.Null(Press(filtered, ConsoleKey.Escape).Filter);
    }

    [Fact]
    public void Rates_come_from_two_samples_and_none_from_what_began_anew()
    {
        var before = Sample(0, Node("e1", accepted: 10, sent: 1000), Session(1, 1000));
        var after = Sample(2, Node("e1", accepted: 20, sent: 5000), Session(1, 3000), Session(3, 500));
        var rates = new TopRates(before, after);
        Assert.Equal((5, 2000), (rates.Accepted(after.Nodes[0]), rates.Sent(after.Nodes[0])));
        Assert.Equal([1000, 250], after.Sessions.Select(entry => rates.Traffic(entry.Node, entry.Session)));

        var restarted = Sample(2, Node("e1", accepted: 3, sent: 7) with { Started = Start.AddSeconds(1) });
        Assert.Equal((0, 0), (new TopRates(before, restarted).Accepted(restarted.Nodes[0]), new TopRates(null, after).Sent(after.Nodes[0])));
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(140, 40)]
    [InlineData(40, 10)]
    public void The_picture_is_exactly_as_large_as_the_terminal(int width, int height)
    {
        var sample = Sample(2, [Node("e1", accepted: 20, sent: 5000), new NodeJson("r1", "no answer in time")], [.. Enumerable.Range(1, 60).Select(id => Session(id, id * 100))]);
        var lines = Draw(sample, new TopView(), width, height);
        Assert.Equal(height, lines.Length);
        Assert.All(lines, line => Assert.Equal(width, line.Length));
        Assert.StartsWith("socks64 top: e1", lines[0]);
        Assert.Contains("no answer", string.Join('\n', lines));
        Assert.StartsWith("q quit", lines[^1]);
    }

    [Fact]
    public void Sessions_stand_in_the_chosen_order()
    {
        var sample = Sample(2, Node("e1", 1, 1), Session(1, 900), Session(2, 5000), Session(3, 100));
        var before = Sample(0, Node("e1", 1, 1), Session(1, 0), Session(2, 5000), Session(3, 0));
        Assert.Equal("1 3 2", Order(TopSort.Traffic));
        Assert.Equal("2 1 3", Order(TopSort.Total));

        string Order(TopSort sort)
        {
            var lines = Draw(sample, new TopView { Sort = sort }, 140, 30, before);
            return string.Join(' ', lines.SkipWhile(line => !line.Contains("DESTINATION")).Skip(1).Take(3).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));
        }
    }

    [Fact]
    public void Trouble_takes_the_place_of_the_title()
    {
        var lines = Draw(Sample(0, Node("e1", 1, 1)), new TopView { Typing = "alice" }, 80, 24, trouble: "http://127.0.0.1:8558/: nobody listens there");
        Assert.StartsWith("http://127.0.0.1:8558/: nobody listens there; trying again", lines[0]);
        Assert.StartsWith("/alice_", lines[^1]);
    }

    private static string[] Draw(TopSample sample, TopView view, int width, int height, TopSample? before = null, string? trouble = null)
    {
        using var output = new StringWriter();
        Screen.Open(output, isTerminal: false, width).Write(new TopScreen(width, height).Of(sample, new TopRates(before, sample), view, trouble, Start.AddSeconds(30)));
        return output.ToString().Split('\n');
    }

    private static TopView Type(TopView view, string keys) => keys.Aggregate(view, (seen, key) => seen.Press(new ConsoleKeyInfo(key, default, false, false, false), Nodes));

    private static TopView Press(TopView view, ConsoleKey key) => view.Press(new ConsoleKeyInfo('\0', key, false, false, false), Nodes);

    private static TopSample Sample(int seconds, NodeJson node, params SessionJson[] sessions) => Sample(seconds, [node], sessions);

    private static TopSample Sample(int seconds, NodeJson[] nodes, SessionJson[] sessions) => new(
        TimeSpan.FromSeconds(seconds), new ClusterJson("e1", true, [], [], [], []), nodes, [], [.. sessions.Select(session => ("e1", session))], sessions.Length, new TopView());

    private static NodeJson Node(string name, long accepted, long sent) => new(name, null)
    {
        Started = Start, Ready = true, Accepted = accepted, Sent = sent, Roles = ["entry"], Sessions = new Dictionary<string, long> { ["relaying"] = 3 },
    };

    private static SessionJson Session(long id, long octets) => new()
    {
        Id = id, Started = Start.AddSeconds(id), State = "relaying", Client = "192.0.2.7:40000", Listener = "192.0.2.1:1080", Destination = "www.example:443", Via = "direct", Sent = octets,
    };
}
