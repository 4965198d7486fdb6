namespace Gateway.Bench;

/// <summary>
/// A server to measure. To add one, add a line to <see cref="All"/>: its name, its command with {port} (where it shall listen),
/// {target} (where the echo servers listen, for relays without SOCKS) and {config} (a file with the given text), and what it can do.
/// </summary>
/// <param name="Name">As it stands in the table.</param>
/// <param name="Command">Program and arguments.</param>
/// <param name="Config">Text of its configuration file.</param>
/// <param name="SpeaksSocks">False: a plain TCP relay to {target}.</param>
/// <param name="Udp">Whether it serves UDP ASSOCIATE.</param>
/// <param name="Idle">Idle connections to hold: few where each has a thread or a process, so that the machine bears them.</param>
internal sealed record ServerSpec(
    string Name, string[] Command, string Config = "", bool SpeaksSocks = true, bool Udp = false, int Idle = ServerSpec.ManyIdle)
{
    private const int ManyIdle = 9000, FewIdle = 1000;

    private const string Dante =
        """
        logoutput: /dev/null
        internal: 127.0.0.1 port = {port}
        external: 127.0.0.1
        clientmethod: none
        socksmethod: none
        user.privileged: root
        user.unprivileged: nobody
        client pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }
        socks pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }
        """;

    public static IReadOnlyList<ServerSpec> All { get; } =
    [
        new("floor", [Environment.ProcessPath!, "floor", "{port}", "2"], Udp: true),
        new("socks64", ["out/socks64", "run", "-c", "{config}"], Socks64, Udp: true),
        new("microsocks", ["microsocks", "-i", "127.0.0.1", "-p", "{port}"], Idle: FewIdle),
        new("dante", ["danted", "-f", "{config}", "-N", "2"], Dante, Udp: true, Idle: FewIdle),
        new("haproxy", ["haproxy", "-f", "{config}", "-db"], HaProxy("", maxconn: 9500), SpeaksSocks: false),
        new("haproxy-splice", ["haproxy", "-f", "{config}", "-db"], HaProxy("option splice-response\n  option splice-request"), SpeaksSocks: false),
        new("haproxy-splice-1m", ["haproxy", "-f", "{config}", "-db"], HaProxy("option splice-response\n  option splice-request", "tune.pipesize 1048576"), SpeaksSocks: false, Idle: FewIdle),
    ];

    private static string Socks64 =>
        """
        socks64 {
          listeners = [ { address = "127.0.0.1:{port}" } ]
          routes = [ { to = any, via = direct } ]
          limits { sessions-per-client = 100000, handshakes = 100000 }
          admin { address = "127.0.0.1:0" }
        }
        """;

    private static string HaProxy(string option, string tuning = "", int maxconn = FewIdle * 4) =>
        $$"""
        global
          nbthread 2
          maxconn {{maxconn}}
          {{tuning}}
        defaults
          mode tcp
          timeout connect 10s
          timeout client 10m
          timeout server 10m
          {{option}}
        listen relay
          bind 127.0.0.1:{port}
          server target 127.0.0.1:{target}
        """;
}
