using System.Net;
using System.Net.Sockets;
using Gateway.Transport;

namespace Gateway.Bench;

/// <summary>Processor time of the entry per gigabyte through an established chain of one hop, beside that of a direct relay: one process, in turns.</summary>
internal static class ChainCost
{
    private const int Rounds = 9, Streams = 4;

    private const double Seconds = 2;

    public static int Run()
    {
        using var servers = new ChainServers(1, TimeSpan.Zero);
        Console.WriteLine($"CPU s/GB of the entry, {Streams} streams, medians of {Rounds} rounds of {Seconds} s");
        Console.WriteLine("| | direct | chain | chain / direct |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var upload in new[] { false, true })
        {
            List<double> direct = [], chain = [];
            for (var round = 0; round <= Rounds; round++)
            {
                direct.Add(Measure(servers, servers.Direct, upload));
                chain.Add(Measure(servers, servers.InOneFlight(1), upload));
            }
            // Ratios of neighbours, so that a machine that grows slower is unfair to neither.
            var ratio = Median([.. chain.Zip(direct, (one, other) => one / other)]);
            Console.WriteLine($"| {(upload ? "client to destination" : "destination to client")} | {Median(direct):0.000} | {Median(chain):0.000} | {ratio:0.00} |");
        }
        return 0;
    }

    private static double Measure(ChainServers servers, IPEndPoint door, bool upload)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(64);
        var target = IpEndpoint.From((IPEndPoint)listener.LocalEndPoint!);
        return BulkMode.Carry(servers.Gateway, () => SocksDialogue.Connect(door, target), listener, Streams, upload, Seconds).Cost;
    }

    /// <summary>Without the first, in which hot loops are compiled.</summary>
    private static double Median(List<double> costs) => costs.Skip(1).Order().ElementAt(Rounds / 2);
}
