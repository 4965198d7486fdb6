using System.Diagnostics;
using System.Globalization;
using System.Net;
using Gateway.Protocol;

namespace Gateway.Bench;

/// <summary>
/// How long a CONNECT through one to six hops takes when every leg is long: through the gateway, in one flight and step by step, and by
/// proxychains4 over the same servers.
/// </summary>
internal static class ChainLatency
{
    private const int MostHops = 6, Rounds = 7;

    /// <param name="delay">Of each leg and direction.</param>
    public static int Run(TimeSpan delay)
    {
        using var servers = new ChainServers(MostHops, delay);
        using var destination = new PageTarget();
        Console.WriteLine($"Each leg {delay.TotalMilliseconds:0} ms each way; ms from the request to the reply, medians of {Rounds}");
        Console.WriteLine("| hops | one end-to-end round trip | in one flight | step by step | proxychains4 |");
        Console.WriteLine("|---|---|---|---|---|");
        for (var hops = 1; hops <= MostHops; hops++)
        {
            List<double> quick = [], slow = [], peer = [];
            for (var round = 0; round <= Rounds; round++)
            {
                quick.Add(AskAsync(servers.InOneFlight(hops), destination.Endpoint).Result);
                slow.Add(AskAsync(servers.StepByStep(hops), destination.Endpoint).Result);
                peer.Add(ProxyChains(servers.Hops.Take(hops), destination.Endpoint));
            }
            Console.WriteLine($"| {hops} | {2 * hops * delay.TotalMilliseconds:0} | {Median(quick):0} | {Median(slow):0} | {Median(peer):0} |");
        }
        return 0;
    }

    private static async Task<double> AskAsync(IPEndPoint door, IPEndPoint destination)
    {
        using var client = new SoakClient(door, Random.Shared, mayVanish: false);
        var watch = Stopwatch.StartNew();
        var reply = await client.AskAsync(SocksCommand.Connect, destination);
        return reply.Code == ReplyCode.Succeeded ? watch.Elapsed.TotalMilliseconds : throw new InvalidOperationException($"{reply.Code}");
    }

    /// <summary>What curl takes for its connect(), which proxychains4 has put the chain into; not a number where it is not installed.</summary>
    private static double ProxyChains(IEnumerable<IPEndPoint> hops, IPEndPoint destination)
    {
        var config = Path.GetTempFileName();
        try
        {
            File.WriteAllText(config, string.Join('\n', hops.Select(hop => $"socks5 {hop.Address} {hop.Port}")
                .Prepend("strict_chain\ntcp_read_time_out 30000\ntcp_connect_time_out 30000\n[ProxyList]")) + "\n");
            using var curl = Process.Start(new ProcessStartInfo(
                "proxychains4", ["-q", "-f", config, "curl", "-s", "-o", "/dev/null", "-w", "%{exitcode} %{time_connect}", $"http://{destination}/"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var said = curl.StandardOutput.ReadToEnd();
            curl.WaitForExit();
            return said.Split(' ') is ["0", var seconds]
                ? double.Parse(seconds, CultureInfo.InvariantCulture) * 1000
                : throw new InvalidOperationException($"proxychains4 curl: {said}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return double.NaN;
        }
        finally
        {
            File.Delete(config);
        }
    }

    /// <summary>Without the first, which pays for what is compiled and looked up.</summary>
    private static double Median(List<double> times) => times.Skip(1).Order().ElementAt(Rounds / 2);
}
