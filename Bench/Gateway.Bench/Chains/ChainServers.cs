using System.Net;

namespace Gateway.Bench;

/// <summary>
/// Two gateways: an entry, with a door for each way, and one that is every hop. What lies between the hops is the caller's: a link is where the
/// entry finds a hop.
/// </summary>
internal sealed class ChainServers : IDisposable
{
    private readonly RunningServer _hops, _entry;
    private readonly ushort[] _inOneFlight, _stepByStep;
    private readonly List<DelayingRelay> _links;

    /// <param name="hops">How many links, and so the length of the longest chain.</param>
    /// <param name="delay">Of each link and direction; zero for none at all.</param>
    public ChainServers(int hops, TimeSpan delay)
    {
        _hops = Start(new("hops", Command, Configuration("", "{ to = any, via = direct }")));
        var hop = new IPEndPoint(IPAddress.Loopback, _hops.Port);
        _links = delay == TimeSpan.Zero ? [] : [.. Enumerable.Range(0, hops).Select(_ => new DelayingRelay(hop, delay))];
        Hops = [.. Enumerable.Range(0, hops).Select(number => delay == TimeSpan.Zero ? hop : _links[number].Endpoint)];
        (_inOneFlight, _stepByStep) = (Doors(hops), Doors(hops));
        try
        {
            _entry = Start(new("entry", Command, Entry()));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private static string[] Command => ["out/socks64", "run", "-c", "{config}"];

    /// <summary>The server that all clients speak to.</summary>
    public RunningServer Gateway => _entry;

    /// <summary>Where the entry, or whoever else, finds each hop.</summary>
    public IReadOnlyList<IPEndPoint> Hops { get; }

    /// <summary>A door of the entry that leads straight to the destination.</summary>
    public IPEndPoint Direct => At(_entry.Port);

    /// <summary>A door that leads through so many hops, which are known to take one flight.</summary>
    public IPEndPoint InOneFlight(int hops) => At(_inOneFlight[hops - 1]);

    /// <summary>A door that leads through so many hops, which are spoken to like strangers.</summary>
    public IPEndPoint StepByStep(int hops) => At(_stepByStep[hops - 1]);

    public void Dispose()
    {
        _entry?.Dispose();
        _hops.Dispose();
        _links.ForEach(link => link.Dispose());
    }

    private static RunningServer Start(ServerSpec spec) =>
        RunningServer.Start(spec, 0, out var reason) ?? throw new InvalidOperationException($"{spec.Name}: {reason}");

    private static ushort[] Doors(int count) => [.. Enumerable.Range(0, count).Select(_ => RunningServer.FreePort())];

    private static IPEndPoint At(ushort port) => new(IPAddress.Loopback, port);

    private string Entry()
    {
        IEnumerable<string> Ways(ushort[] doors, string kind, string make) => doors.SelectMany((_, number) => new[]
        {
            $$"""gateways.{{kind}}{{number + 1}} { address = "{{Hops[number]}}", {{make}} }""",
            $$"""chains.{{kind}}way{{number + 1}}.hops = [{{string.Join(", ", Enumerable.Range(1, number + 1).Select(hop => $$"""{ gateways = [{{kind}}{{hop}}] }"""))}}]""",
        });
        IEnumerable<string> Routes(ushort[] doors, string kind) =>
            doors.Select((port, number) => $$"""{ listener = "127.0.0.1:{{port}}", to = any, via = {{kind}}way{{number + 1}} }""");
        return Configuration(
            string.Join('\n', Ways(_inOneFlight, "quick", "one-flight = on").Concat(Ways(_stepByStep, "slow", "one-flight = off"))),
            string.Join(", ", Routes(_inOneFlight, "quick").Concat(Routes(_stepByStep, "slow")).Append("{ to = any, via = direct }")),
            [.. _inOneFlight, .. _stepByStep]);
    }

    private static string Configuration(string more, string routes, params ushort[] doors) =>
        $$"""
        socks64 {
          listeners = [ { address = "127.0.0.1:{port}" } {{string.Concat(doors.Select(port => $$""", { address = "127.0.0.1:{{port}}" }"""))}} ]
          {{more}}
          routes = [ {{routes}} ]
          max-hops = 16
          admin { address = "127.0.0.1:0" }
        }
        """;
}
