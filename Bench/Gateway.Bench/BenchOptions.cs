namespace Gateway.Bench;

/// <summary>What to measure.</summary>
/// <param name="Modes">Names of modes; empty: all.</param>
/// <param name="Servers">Names of servers; empty: all that are installed.</param>
/// <param name="Added">Servers that were named on the command line.</param>
/// <param name="Rounds">How often each server is measured, in turns with the others; the median counts.</param>
/// <param name="Seconds">How long each measurement takes.</param>
internal sealed record BenchOptions(string[] Modes, string[] Servers, ServerSpec[] Added, int Rounds = 3, double Seconds = 2)
{
    public static BenchOptions Parse(string[] args)
    {
        var options = new BenchOptions([], [], []);
        foreach (var arg in args)
        {
            options = arg.Split('=', 3) switch
            {
                ["--modes", var names] => options with { Modes = names.Split(',') },
                ["--servers", var names] => options with { Servers = names.Split(',') },
                ["--add", var name, var command] => options with { Added = [.. options.Added, new(name, command.Split(' '), Udp: true)] },
                ["--rounds", var count] => options with { Rounds = int.Parse(count) },
                ["--seconds", var time] => options with { Seconds = double.Parse(time) },
                _ => throw new ArgumentException($"{arg}: unknown; see the usage"),
            };
        }
        return options;
    }

    public static int Usage()
    {
        Console.Error.WriteLine(
            $"""
            usage: Gateway.Bench run [--modes=A,B] [--servers=A,B] [--rounds=3] [--seconds=2] [--add=NAME="COMMAND"]
                   Gateway.Bench floor PORT [LOOPS]     a SOCKS5 server made of Gateway.Transport alone
                   Gateway.Bench decide [ROUTES]        what a decision of the access rules costs; 50 routes by default
                   Gateway.Bench chain [HOPS]           what setting up a chain costs, without sockets; 3 hops by default
                   Gateway.Bench chain-latency [MS]     setting up chains of 1 to 6 hops over legs that take so long each way; 20 ms by default
                   Gateway.Bench chain-cost             what a gigabyte through a chain costs the entry, beside a direct relay
                   Gateway.Bench listing                what clients notice while 10,000 sessions of two gateways are listed and filtered
                   Gateway.Bench soak MINUTES           out/socks64 under load, kills and garbage; fails when anything stays behind
                   Gateway.Bench killing [--events=100] [--rate=200] [--transfers=100] [--seed=64]
                                                        a lab whose relays and exits are killed, stopped and cut off under load; needs root
                   Gateway.Bench partition              clusters that fall apart and lose nodes, under some load; needs root
            --add measures another SOCKS5 server too; in its command 'port' in braces is where it shall listen
            modes:   {string.Join(", ", Mode.All.Select(mode => mode.Name))}
            servers: {string.Join(", ", ServerSpec.All.Select(server => server.Name))}
            """);
        return 64;
    }
}
