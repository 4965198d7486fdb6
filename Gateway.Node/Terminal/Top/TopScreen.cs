using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Gateway.Node.Terminal.Top;

/// <summary>What <c>socks64 top</c> shows, exactly as high as the terminal: gateways, chains, sessions and the keys.</summary>
internal sealed class TopScreen(int width, int height)
{
    private static readonly Column[] Gateways =
    [
        new("GATEWAY"), new("STATE", Least: 9), new("SESSIONS", IsNumber: true), new("NEW/s", IsNumber: true), new("FAILED/s", IsNumber: true),
        new("SENT", IsNumber: true), new("RECEIVED", IsNumber: true), new("UP", IsNumber: true), new("ROLES", Least: 6, IsOptional: true),
    ];

    private static readonly Column[] Sessions =
    [
        new("GATEWAY"), new("ID", IsNumber: true), new("AGE", IsNumber: true), new("STATE", IsOptional: true), new("CLIENT", Least: 12), new("DESTINATION", Least: 12), new("WAY", Least: 6),
        new("NOW", IsNumber: true), new("TOTAL", IsNumber: true), new("USER", Least: 6, IsOptional: true),
    ];

    private static readonly string[] Help =
    [
        "q, Ctrl-C   quit",
        "s           sort sessions: by traffic now, in total, newest first, oldest first",
        "/           filter sessions by a text in any of their fields; Enter takes it, Esc leaves it",
        "Esc         no filter",
        "n, N        sessions of the next gateway, of the one before; behind the last those of all",
        "p, Space    stop the picture, and let it go on",
        "?           this, and back",
    ];

    /// <param name="trouble">Why the sample is old; null when it is not.</param>
    public IRenderable Of(TopSample sample, TopRates rates, TopView view, string? trouble, DateTimeOffset now)
    {
        List<IRenderable> lines = [Head(sample, now, trouble), Sums(sample, rates), Text.Empty];
        var room = height - lines.Count - 1;
        if (view.ShowsHelp)
            lines.AddRange(Help.Take(room).Select(line => Line(line)));
        else
        {
            var nodes = Gateway(sample, rates, now, Math.Max(2, room / 2));
            room -= nodes.Height + 1;
            lines.AddRange([nodes.Table, Text.Empty]);
            foreach (var chain in sample.Chains.Take(Math.Max(0, room / 3)))
            {
                lines.Add(chain.Live ? Line($"{chain.Name}: {GatewayWords.Way(sample.Cluster, chain)}") : Line($"{chain.Name}: broken, {chain.Why}", Looks.Bad));
                room--;
            }
            if (sample.Chains.Count > 0)
            {
                lines.Add(Text.Empty);
                room--;
            }
            // The head of the table takes a line too.
            if (room > 1)
                lines.Add(SessionTable(sample, rates, view, now, room - 1));
        }
        return new TopFrame(lines, Foot(sample, view), width, height);
    }

    private Text Head(TopSample sample, DateTimeOffset now, string? trouble)
    {
        var clock = now.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var title = trouble is null ? $"socks64 top: {sample.Cluster.Node} and {sample.Nodes.Count - 1} more" : $"{trouble}; trying again";
        return Line($"{new Cell(title).Within(width - clock.Length - 1).PadRight(width - clock.Length)}{clock}", trouble is null ? Looks.Strong : Looks.Bad);
    }

    private Text Sums(TopSample sample, TopRates rates) => Line(
        $"{Figures.Count(sample.Nodes.Sum(node => node.Sessions.Values.Sum()))} sessions, {Shown(Figures.Rate(sample.Nodes.Sum(rates.Accepted)), "0")} new/s, " +
        $"{Shown(Figures.Rate(sample.Nodes.Sum(rates.Failed)), "0")} failed/s at {sample.Nodes.Count(node => node.Error is null)} of {sample.Nodes.Count} gateways");

    private (Renderable Table, int Height) Gateway(TopSample sample, TopRates rates, DateTimeOffset now, int most)
    {
        // Whoever is in trouble is never among those left out.
        var shown = sample.Nodes.Count <= most - 1 ? sample.Nodes : [.. sample.Nodes.OrderBy(node => node.Error is null && node.Ready).Take(most - 1)];
        var rows = shown.Select(node => (IReadOnlyList<Cell>)(node.Error is not null
            ? [node.Node, GatewayWords.State(node), "", "", "", "", "", "", ""]
            : [
                node.Node, GatewayWords.State(node), Figures.Count(node.Sessions.Values.Sum()), Figures.Rate(rates.Accepted(node)), new(Figures.Rate(rates.Failed(node)), Looks.Bad),
                Figures.OctetRate(rates.Sent(node)), Figures.OctetRate(rates.Received(node)), node.Started is { } started ? Figures.Age(now - started) : "", string.Join(' ', node.Roles),
            ])).ToList();
        return (Sheet.Of(Gateways, rows, width), rows.Count + 1);
    }

    private Renderable SessionTable(TopSample sample, TopRates rates, TopView view, DateTimeOffset now, int most)
    {
        var sorted = view.Sort switch
        {
            TopSort.Traffic => sample.Sessions.OrderByDescending(entry => rates.Traffic(entry.Node, entry.Session)).ThenByDescending(entry => TopRates.Octets(entry.Session)),
            TopSort.Total => sample.Sessions.OrderByDescending(entry => TopRates.Octets(entry.Session)).ThenBy(entry => entry.Session.Started),
            TopSort.Newest => sample.Sessions.OrderByDescending(entry => entry.Session.Started).ThenBy(entry => entry.Session.Id),
            _ => sample.Sessions.OrderBy(entry => entry.Session.Started).ThenBy(entry => entry.Session.Id),
        };
        return Sheet.Of(
            Sessions,
            [.. sorted.Take(most).Select(entry => (IReadOnlyList<Cell>)
            [
                entry.Node, Operator.SessionPages.Text(entry.Session.Id), Figures.Age(now - entry.Session.Started), entry.Session.State, SessionSheet.Client(entry.Session),
                entry.Session.Destination, SessionSheet.Way(entry.Session), Figures.OctetRate(rates.Traffic(entry.Node, entry.Session)), Figures.Octets(TopRates.Octets(entry.Session)), entry.Session.User,
            ])],
            width);
    }

    private Text Foot(TopSample sample, TopView view)
    {
        if (view.Typing is { } typing)
            return Line($"/{typing}_   Enter: take it   Esc: leave it", Looks.Strong);
        var matched = sample.Matched > sample.Sessions.Count ? $"the first {Figures.Count(sample.Sessions.Count)} of {Figures.Count(sample.Matched)}" : Figures.Count(sample.Matched);
        var sort = view.Sort.ToString().ToLowerInvariant();
        return Line($"q quit  s sort: {sort}  / filter: {view.Filter ?? "none"}  n gateway: {view.Node ?? "all"}  {(view.IsPaused ? "p go on" : "p stop")}  ? keys  {matched}", Looks.Quiet);
    }

    private static string Shown(string figure, string otherwise) => figure.Length > 0 ? figure : otherwise;

    private Text Line(string text, Style? style = null) => new(new Cell(text).Within(width), style);
}
