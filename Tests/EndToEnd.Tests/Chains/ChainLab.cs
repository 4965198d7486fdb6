using Socks64Actors.EndToEnd.Tests.Lab;

namespace Socks64Actors.EndToEnd.Tests.Chains;

/// <summary>
/// Five hosts in a row that do not route; each speaks one family on each side. A gateway on each of the three in the middle, and beside the
/// second and third the SOCKS servers of other makes that this machine has.
/// <code>
///   client ─── IPv4 ─── first ─── IPv6 ─── second ─── IPv4 ─── third ─── IPv6 ─── destination (web, echo, DNS)
/// </code>
/// </summary>
public sealed class ChainLab : IAsyncLifetime
{
    public const string Name = "six.lab.test";

    /// <summary>The same server, by a name that is asked for once: the last gateway remembers answers.</summary>
    public const string FreshName = "fresh.lab.test";

    public const string Address = "fd65:0:0:4::2";

    /// <summary>Where the client finds the first gateway. Each listener leads into a chain of its own: <see cref="Doors"/>.</summary>
    public const string Entry = "10.65.1.2";

    private const string Second = "[fd65:0:0:2::2]";
    private const string Third = "10.65.3.2";

    /// <summary>The second host as the third sees it.</summary>
    private const string SecondFromThird = "10.65.3.1";

    private const int Gateway = 1080, Dante = 1081, Microsocks = 1082, Ssh = 1083;

    /// <summary>The port of the first gateway, by the makes of the second and the third server.</summary>
    public static IReadOnlyDictionary<(string, string), int> Doors { get; } = new Dictionary<(string, string), int>
    {
        [("socks64", "socks64")] = 1080,
        [("dante", "microsocks")] = 1081,
        [("microsocks", "ssh")] = 1082,
        [("ssh", "dante")] = 1083,
        [("dante", "dante")] = 1084,
        [("socks64", "dante")] = 1085,
        [("dante", "socks64")] = 1086,
    };

    /// <summary>The port that leads through <see cref="LongHops"/> hops: to the second host, then to and fro between the third and it.</summary>
    public const int LongDoor = 1090;

    public const int LongHops = 12;

    private static readonly Dictionary<string, int> Ports = new()
    {
        ["socks64"] = Gateway, ["dante"] = Dante, ["microsocks"] = Microsocks, ["ssh"] = Ssh,
    };

    private readonly string _prefix = $"s64c-{Environment.ProcessId}-";

    private readonly List<Host> _hosts = [];

    private Host _second = null!, _third = null!;

    public Host Client { get; private set; } = null!;
    public Host First { get; private set; } = null!;
    public Host Destination { get; private set; } = null!;

    /// <summary>The links from the client on: whose interface carries it, and its family.</summary>
    public IReadOnlyList<(Host Host, string Device, string Family)> Links =>
        [(First, "left", "ipv4"), (First, "right", "ipv6"), (_second, "right", "ipv4"), (_third, "right", "ipv6")];

    /// <summary>Files of this run, removed with it.</summary>
    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("socks64-chain-lab-");

    public Task InitializeAsync()
    {
        if (LabSupport.WhyNot(["python3"]) is not null)
            return Task.CompletedTask;
        Command.Run("chmod", ["755", Folder.FullName]).MustSucceed();
        (Client, First, _second, _third, Destination) = (Add("client"), Add("first"), Add("second"), Add("third"), Add("destination"));
        Wire.Join(Client, "right", First, "left", "10.65.1");
        Wire.Join(First, "right", _second, "left", "fd65:0:0:2");
        Wire.Join(_second, "right", _third, "left", "10.65.3");
        Wire.Join(_third, "right", Destination, "left", "fd65:0:0:4");
        // Each but the last would ask its neighbour on the right, so that a query that should not be is seen on the link.
        AsksFor(First, "fd65:0:0:2::2");
        AsksFor(_second, Third);
        AsksFor(_third, Address);
        StartDestination();
        StartGateways();
        StartForeign();
        return Task.CompletedTask;
    }

    public Task DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            host.Dispose();
            if (Directory.Exists(ResolverFolder(host)))
                Directory.Delete(ResolverFolder(host), recursive: true);
        }
        Folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>The end of every log, for when a test fails.</summary>
    public string Log() => string.Join('\n', _hosts.SelectMany(host => host.Logs.TakeLast(20).Select(line => $"{host.Name}: {line}")));

    private Host Add(string name)
    {
        var host = Host.Create(_prefix + name);
        _hosts.Add(host);
        return host;
    }

    private static string ResolverFolder(Host host) => $"/etc/netns/{host.Name}";

    private static void AsksFor(Host host, string server)
    {
        Directory.CreateDirectory(ResolverFolder(host));
        File.WriteAllText(Path.Combine(ResolverFolder(host), "resolv.conf"), $"nameserver {server}\n");
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(Folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private void StartDestination()
    {
        Destination.Start("dnsmasq", "--keep-in-foreground", "--no-hosts", "--no-resolv", "--conf-file=/dev/null", "--user=root", "--bind-interfaces",
            $"--listen-address={Address}", "--log-facility=-", "--pid-file=", $"--host-record={Name},{FreshName},{Address}", "--local=/test/");
        Destination.Start("python3", Path.Combine(Repository.Root, "scripts/lab/destination.py"), "destination", $"[{Address}]:80");
        Destination.Start("python3", Write("echo.py", $"""
            import socket
            echo = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
            echo.bind(("{Address}", 7))
            while True:
                echo.sendto(*echo.recvfrom(65536))
            """));
        Destination.WaitForPort(53);
        Destination.WaitForPort(80);
    }

    private void StartGateways()
    {
        StartGateway(_third, Listeners($"{Third}:{Gateway}"));
        StartGateway(_second, Listeners($"{Second}:{Gateway}", $"{SecondFromThird}:{Gateway}"));
        var gateways = Ports.SelectMany(server => new[]
        {
            $"second-{server.Key}.address = \"{Second}:{server.Value}\"",
            $"third-{server.Key}.address = \"{Third}:{server.Value}\"",
        });
        var chains = Doors.Select(door => $$"""
            door-{{door.Value}} {
                setup-timeout = 60s
                hops = [{ gateways = [second-{{door.Key.Item1}}], over = ipv6 }, { gateways = [third-{{door.Key.Item2}}], over = ipv4 }]
              }
            """);
        var doors = Doors.Values.Append(LongDoor).ToList();
        var routes = doors.Select(port => $$"""{ listener = "{{Entry}}:{{port}}", to = any, via = door-{{port}} }""");
        var (there, back) = ("{ gateways = [third-socks64], over = ipv4 }", "{ gateways = [back], over = ipv4 }");
        var longHops = Enumerable.Range(1, LongHops - 1).Select(hop => hop % 2 == 1 ? there : back);
        StartGateway(First, $$"""
            {{Listeners([.. doors.Select(port => $"{Entry}:{port}")])}}
            gateways {
              back.address = "{{SecondFromThird}}:{{Gateway}}"
              {{string.Join("\n  ", gateways)}}
            }
            chains {
              {{string.Join("\n  ", chains)}}
              door-{{LongDoor}} { setup-timeout = 60s, hops = [{ gateways = [second-socks64], over = ipv6 }, {{string.Join(", ", longHops)}}] }
            }
            routes = [{{string.Join(", ", routes)}}]
            max-hops = {{LongHops + 1}}
            """);
        foreach (var host in new[] { First, _second, _third })
            host.WaitForPort(Gateway);
    }

    private static string Listeners(params string[] addresses) =>
        $"listeners = [{string.Join(", ", addresses.Select(address => $$"""{ address = "{{address}}", auth = [none] }"""))}]";

    private void StartGateway(Host host, string settings) =>
        host.Start(GatewayBinary.Path, "run", "-c", Write($"{host.Name}.conf", $$"""
            socks64 {
            admin.address = off, timeouts { handshake = 60s, connect = 60s }
            {{settings}}
            }
            """));

    private void StartForeign()
    {
        foreach (var (host, inside, outside, address) in new[] { (_second, "left", "right", Second.Trim('[', ']')), (_third, "left", "right", Third) })
        {
            if (Tools.Find("danted") is not null)
            {
                host.Start("danted", "-p", Path.Combine(Folder.FullName, $"{host.Name}.pid"), "-f", Write($"{host.Name}-danted.conf", $$"""
                    logoutput: stderr
                    internal: {{inside}} port = {{Dante}}
                    external: {{inside}}
                    external: {{outside}}
                    external.rotation: route
                    clientmethod: none
                    socksmethod: none
                    user.privileged: root
                    user.unprivileged: root
                    client pass { from: 0/0 to: 0/0 }
                    socks pass { from: 0/0 to: 0/0 }
                    """));
                host.WaitForPort(Dante);
            }
            if (Tools.Find("microsocks") is not null)
            {
                host.Start("microsocks", "-i", address, "-p", Microsocks.ToString());
                host.WaitForPort(Microsocks);
            }
            if (Tools.WhyNot(["ssh", "sshd", "ssh-keygen"]) is null)
                StartSsh(host, address);
        }
    }

    /// <summary>A SOCKS server that is the near end of a login, which here leads to the same host.</summary>
    private void StartSsh(Host host, string address)
    {
        var (hostKey, userKey) = (Path.Combine(Folder.FullName, $"{host.Name}-host"), Path.Combine(Folder.FullName, $"{host.Name}-user"));
        Command.Run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", hostKey]).MustSucceed();
        Command.Run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", userKey]).MustSucceed();
        Directory.CreateDirectory("/run/sshd");
        host.Start("sshd", "-D", "-e", "-f", "/dev/null", "-p", "2222", "-h", hostKey, "-o", "ListenAddress=127.0.0.1",
            "-o", $"AuthorizedKeysFile={userKey}.pub", "-o", "StrictModes=no", "-o", "PidFile=none", "-o", "PermitRootLogin=yes");
        host.WaitForPort(2222);
        host.Start("ssh", "-F", "/dev/null", "-N", "-p", "2222", "-i", userKey, "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
            "-o", "ExitOnForwardFailure=yes", "-D", address.Contains(':') ? $"[{address}]:{Ssh}" : $"{address}:{Ssh}", "root@127.0.0.1");
        host.WaitForPort(Ssh);
    }
}

[CollectionDefinition(Name)]
public sealed class ChainLabCollection : ICollectionFixture<ChainLab>
{
    public const string Name = "chain lab";
}
