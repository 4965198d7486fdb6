using System.Diagnostics;
using System.Globalization;
using System.Text;
using Gateway.Actors.Access;
using Gateway.Actors.Settings;
using Gateway.Protocol;

namespace Gateway.Bench;

/// <summary>What one decision of the access rules costs when the last of many routes is the one that matches: the dearest case.</summary>
internal static class DecideBench
{
    private const int Decisions = 200_000, Rounds = 9;

    public static int Run(int routes)
    {
        var text = new StringBuilder("socks64.routes = [\n");
        for (var number = 0; number < routes - 1; number++)
            text.Append(CultureInfo.InvariantCulture, $"  {Condition(number)}\n");
        text.Append("  { to = any, via = direct }\n]\n");
        var loaded = SettingsLoader.Load(["bench.conf"], _ => text.ToString());
        if (!loaded.IsUsable)
            throw new InvalidOperationException(string.Join('\n', loaded.Problems));
        var rules = new AccessRules(loaded.Settings);
        Console.WriteLine($"{routes} routes, the last one matches: ns a decision (best of {Rounds} rounds), octets allocated");
        Print("IPv4 address", rules, SocksAddress.From(IpLiteral.Parse("203.0.113.5")));
        Print("IPv6 address", rules, SocksAddress.From(IpLiteral.Parse("2001:db8::5")));
        Print("NAT64 address", rules, SocksAddress.From(IpLiteral.Parse("64:ff9b::203.0.113.5")));
        Print("name", rules, SocksAddress.FromName("www.example.com"));
        return 0;
    }

    /// <summary>Routes as people write them: networks, names, and some for certain clients or ports alone.</summary>
    private static string Condition(int number) => (number % 5) switch
    {
        0 => $$"""{ to = "10.{{number}}.0.0/16", via = reject }""",
        1 => $$"""{ to = ["*.lab{{number}}.example", "lab{{number}}.example"], via = direct }""",
        2 => $$"""{ to = "2001:db8:{{number:x}}::/48", ports = ["1-1023", 8443], via = direct }""",
        3 => $$"""{ from = "10.{{number}}.0.0/16", to = any, via = direct }""",
        _ => $$"""{ to = ["172.16.{{number}}.0/24", "192.168.{{number}}.0/24", "*.corp{{number}}.example"], ports = 443, via = direct }""",
    };

    private static void Print(string what, AccessRules rules, SocksAddress address)
    {
        var identity = new Identity(IpLiteral.Parse("198.51.100.7"), null, 0);
        var destination = new SocksEndpoint(address, 443);
        var (best, allocated) = (double.MaxValue, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var begun = Stopwatch.GetTimestamp();
            for (var i = 0; i < Decisions; i++)
            {
                if (!rules.Decide(identity, SocksCommand.Connect, destination).IsAllowed)
                    throw new InvalidOperationException("the last route allows it");
            }
            best = Math.Min(best, Stopwatch.GetElapsedTime(begun).TotalNanoseconds / Decisions);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Console.WriteLine($"{what,-16}{best,10:F0}{allocated / (double)Decisions,10:F1}");
    }
}
