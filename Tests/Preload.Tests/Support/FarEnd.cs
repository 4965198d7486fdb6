using System.Diagnostics;

namespace Preload.Tests.Support;

/// <summary>
/// Programs on a host of one family, servers behind a real gateway, and a trap on the host's network: six.test has IPv6 only,
/// four.test IPv4 only, and the host's own name server would be the gateway's machine.
/// </summary>
internal sealed class FarEnd : IDisposable
{
    /// <summary>What <see cref="NeedsFactAttribute"/> must name.</summary>
    public const string Root = "root", Ip = "ip", Tcpdump = "tcpdump", Unshare = "unshare", Python = "python3";

    private const string CanaryPort = "59999";
    private readonly Namespaces _network;
    private readonly Folder _folder = new();
    private readonly List<Process> _servers = [];
    private readonly string _gateway;
    private int _canaries;
    private bool _servesHttp;

    public FarEnd(bool ipv6 = false)
    {
        _network = new(ipv6);
        var address = ipv6 ? Namespaces.Gateway6 : Namespaces.Gateway;
        _gateway = ipv6 ? $"[{address}]:1080" : $"{address}:1080";
        _folder.Write("hosts", $"127.0.0.1 localhost\n{Namespaces.Ipv6Only} six.test\n{Namespaces.Ipv4Only} four.test\n");
        _folder.Write("resolv.conf", $"nameserver {address}\n");
        var settings = _folder.Write("gateway.conf", $$"""
            socks64 {
              listeners = [ { address = "{{_gateway}}", auth = [none] } ]
              routes = [ { to = any, via = direct } ]
              admin { address = "127.0.0.1:0" }
            }
            """);
        File.WriteAllText(_folder["file.txt"], FakeDestination.Page);
        Serve(SocksifyCommandTests.Socks64.Value, "run", "-c", settings);
        Listens(1080);

        // Everything but connections to the gateway, datagrams of its relay, and neighbours finding each other.
        var leaks = $"not (host {address} and tcp port 1080) and not (udp and host {address} and not port 53) and not arp and not icmp6 and not ip6 multicast";
        Start(_network.Host, "sh", "-c", $"exec tcpdump -l -n -i any '{leaks}' 2>'{_folder["ready"]}' >'{_folder["leaks"]}'");
        Until(() => File.Exists(_folder["ready"]) && File.ReadAllText(_folder["ready"]).Contains("listening on", StringComparison.Ordinal));
    }

    public string this[string file] => _folder[file];

    public string Write(string file, string text) => _folder.Write(file, text);

    /// <summary>Starts a server at the far end.</summary>
    public void Serve(string program, params string[] arguments) => Start(_network.Far, program, arguments);

    public void ServeHttp()
    {
        if (_servesHttp)
            return;
        _servesHttp = true;
        Serve(Executables.Interpreter("python3"), "-m", "http.server", "-b", "::", "-d", _folder.Path, "80");
        Listens(80);
    }

    public Outcome Far(string program, params string[] arguments) =>
        Execution.Run("ip", ["netns", "exec", _network.Far, program, .. arguments], []);

    /// <summary>Waits until a server listens at the far end.</summary>
    public void Listens(int port) => Until(() => Far("ss", "-Hltn", $"sport = :{port}").Output.Length > 0);

    /// <summary>Runs a program on the host, socksified, and holds that nothing else left the host meanwhile.</summary>
    public Outcome Run(string[] options, string program, params string[] arguments)
    {
        var outcome = Execution.Run("ip",
        [
            "netns", "exec", _network.Host, "unshare", "-m", "sh", "-c", $"mount --bind {_folder["resolv.conf"]} /etc/resolv.conf; exec \"$@\"", "sh",
            SocksifyCommandTests.Socks64.Value, "socksify", "-g", _gateway, "--flight", .. options, "--", program, .. arguments,
        ], []);
        HoldsThatNothingLeft();
        return outcome;
    }

    public void Prints(string expected, string program, params string[] arguments)
    {
        var outcome = Run([], program, arguments);
        Assert.True(outcome.Output.Contains(expected, StringComparison.Ordinal), $"{program}: {outcome.ExitCode}\n{outcome.Output}\n{outcome.Error}");
    }

    /// <summary>A datagram that does leave comes last: what is in the trap before it has been counted.</summary>
    private void HoldsThatNothingLeft()
    {
        var number = ++_canaries;
        Execution.Run("ip", ["netns", "exec", _network.Host, "bash", "-c", $"echo >/dev/udp/{(_gateway[0] == '[' ? "fd64:99::99" : "10.99.99.99")}/{CanaryPort}"], []);
        string[] seen = [];
        Until(() => (seen = Sent()).Count(IsCanary) >= number);
        Assert.DoesNotContain(seen, line => !IsCanary(line));
    }

    private string[] Sent() =>
        [.. File.ReadAllLines(_folder["leaks"]).Where(line => line.Contains(" Out ", StringComparison.Ordinal))];

    private static bool IsCanary(string line) => line.Contains("." + CanaryPort, StringComparison.Ordinal);

    private void Start(string where, string program, params string[] arguments)
    {
        // Not on the test's own standard error, which such a server may outlive.
        var process = Execution.Start("ip",
        [
            "netns", "exec", where, "unshare", "-m", "sh", "-c", $"mount --bind {_folder["hosts"]} /etc/hosts; exec \"$@\" >>{_folder["log"]} 2>&1", "sh", program, .. arguments,
        ], []);
        _servers.Add(process);
    }

    private void Until(Func<bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), File.Exists(_folder["log"]) ? File.ReadAllText(_folder["log"]) : "nothing started");
            Thread.Sleep(20);
        }
    }

    public void Dispose()
    {
        foreach (var server in _servers)
        {
            server.Kill(entireProcessTree: true);
            server.WaitForExit();
            server.Dispose();
        }
        _network.Dispose();
        _folder.Dispose();
    }
}
