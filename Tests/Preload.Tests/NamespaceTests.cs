using Preload.Tests.Support;

namespace Preload.Tests;

/// <summary>What is on the wire between a socksified program and its gateway.</summary>
public sealed class NamespaceTests
{
    /// <summary>Everything that is neither a connection to the gateway nor the neighbours finding each other.</summary>
    private const string Leaks = $"not (tcp and host {Namespaces.Gateway} and port 1080) and not arp and not icmp6 and not ip6 multicast";

    [NeedsFact("root", "ip", "tcpdump", "microsocks", "curl", "python3", "unshare")]
    public void An_IPv4_program_reaches_an_IPv6_server_and_nothing_else_leaves_the_host()
    {
        using var network = new Namespaces();
        using var folder = new Folder();
        File.WriteAllText(folder["hosts"], $"{Namespaces.Ipv6Only} six.test\n");
        File.WriteAllText(folder["resolv.conf"], $"nameserver {Namespaces.Gateway}\n");
        File.WriteAllText(folder["index.html"], FakeDestination.Page);

        var script = $"""
            set -e
            ip netns exec {network.Far} unshare -m sh -c 'mount --bind {folder["hosts"]} /etc/hosts; exec microsocks -i {Namespaces.Gateway} -p 1080' 2>/dev/null >&2 & gateway=$!
            ip netns exec {network.Far} {Executables.Interpreter("python3")} -m http.server -b {Namespaces.Ipv6Only} -d {folder.Path} 80 2>/dev/null >&2 & web=$!
            ip netns exec {network.Host} tcpdump -l -n -i any '{Leaks}' 2>{folder["ready"]} >{folder["leaks"]} & dump=$!
            trap 'kill $gateway $web $dump' EXIT
            until grep -q 'listening on' {folder["ready"]}; do sleep 0.05; done
            until ip netns exec {network.Far} curl -s -o /dev/null -x socks5://{Namespaces.Gateway}:1080 'http://[{Namespaces.Ipv6Only}]/'; do sleep 0.05; done
            export LD_PRELOAD={Toolchain.Library} SOCKS64_GATEWAY={Namespaces.Gateway}:1080
            inside="ip netns exec {network.Host} unshare -m sh -c"
            $inside "mount --bind {folder["resolv.conf"]} /etc/resolv.conf; curl -4 -sS http://six.test/; {Executables.Interpreter("python3")} -c 'import socket,sys
            print(socket.gethostbyname(\"six.test\"))
            s = socket.create_connection((\"six.test\", 80)); s.sendall(b\"GET / HTTP/1.0\\r\\n\\r\\n\"); sys.stdout.write(s.makefile().read()[-{FakeDestination.Page.Length}:])
            u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            try: u.sendto(b\"x\", (\"192.0.2.1\", 53))
            except OSError as e: print(type(e).__name__)
            try: socket.gethostbyaddr(\"192.0.2.1\")
            except OSError as e: print(type(e).__name__)'"
            unset LD_PRELOAD
            # A packet that does leak shows that the trap is set.
            ip netns exec {network.Host} {Executables.Interpreter("python3")} -c 'import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"canary", ("192.0.2.99", 9))'
            until grep -q 192.0.2.99 {folder["leaks"]}; do sleep 0.05; done
            """;
        var outcome = Execution.Run("timeout", ["60", "bash", "-c", script], []);

        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.Equal($"{FakeDestination.Page}0.0.0.1\n{FakeDestination.Page}OSError\nherror\n", outcome.Output);
        var sent = File.ReadAllLines(folder["leaks"]).Where(line => line.Contains(" Out ", StringComparison.Ordinal));
        Assert.Contains("192.0.2.99.9", Assert.Single(sent), StringComparison.Ordinal);
    }
}
