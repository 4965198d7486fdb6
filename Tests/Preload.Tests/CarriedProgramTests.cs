using Preload.Tests.Support;
using Testing;
using static Preload.Tests.Support.FarEnd;

namespace Preload.Tests;

/// <summary>
/// Unmodified programs on an IPv4-only host, most of them towards a server with IPv6 only, through a real gateway. Each run is
/// watched: no DNS query and no other packet leaves the host.
/// </summary>
public sealed class CarriedProgramTests : IClassFixture<CarriedProgramTests.Stage>
{
    private readonly Stage _stage;

    public CarriedProgramTests(Stage stage) => _stage = stage;

    private FarEnd Far => _stage.Far;

    [NeedsFact(Root, Ip, Tcpdump, Unshare, Python, "curl", "wget")]
    public void Web_clients()
    {
        Far.ServeHttp();
        Far.Prints(FakeDestination.Page, "curl", "-sS", "http://six.test/file.txt");
        Far.Prints(FakeDestination.Page, "curl", "-sS", "--tcp-fastopen", "http://four.test/file.txt");
        Far.Prints(FakeDestination.Page, "wget", "-q", "-O", "-", "http://six.test/file.txt");
    }

    [NeedsFact(Root, Ip, Tcpdump, Unshare, "ssh", "sshd", "ssh-keygen")]
    public void Ssh_with_a_shared_connection()
    {
        foreach (var key in new[] { "host", "key" })
            Execution.Run("ssh-keygen", ["-qt", "ed25519", "-N", "", "-f", Far[key]], []);
        Directory.CreateDirectory("/run/sshd");
        Far.Serve(Executables.Find("sshd")!, "-D", "-f", "/dev/null", "-p", "2222", "-o", $"HostKey={Far["host"]}", "-o", $"AuthorizedKeysFile={Far["key.pub"]}", "-o", "StrictModes=no", "-o", "PidFile=none");
        Far.Listens(2222);
        var ssh = $"ssh -F none -p 2222 -i {Far["key"]} -o UserKnownHostsFile=/dev/null -o StrictHostKeyChecking=no -o ControlPath={Far["mux"]}";
        Far.Prints("first\nsecond\n", "sh", "-c", $"{ssh} -o ControlMaster=yes -o ControlPersist=20 root@six.test echo first; {ssh} root@six.test echo second; {ssh} -O exit root@six.test");
    }

    [NeedsFact(Root, Ip, Tcpdump, Unshare, Python, "git", "openssl")]
    public void Git_over_https()
    {
        Execution.Run("sh", ["-c", $"git init -q {Far["work"]} && git -C {Far["work"]} -c user.name=t -c user.email=t@t commit -q --allow-empty -m carried && git clone -q --bare {Far["work"]} {Far["repo.git"]} && git -C {Far["repo.git"]} update-server-info"], []);
        Execution.Run("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1", "-subj", "/CN=six.test", "-addext", "subjectAltName=DNS:six.test", "-keyout", Far["tls.key"], "-out", Far["tls.pem"]], []);
        Far.Serve(Executables.Interpreter("python3"), Far.Write("tls.py", $"""
            import functools, http.server, socket, ssl
            class Server(http.server.ThreadingHTTPServer):
                address_family = socket.AF_INET6
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain("{Far["tls.pem"]}", "{Far["tls.key"]}")
            server = Server(("::", 443), functools.partial(http.server.SimpleHTTPRequestHandler, directory="{Far["."]}"))
            server.socket = context.wrap_socket(server.socket, server_side=True)
            server.serve_forever()
            """));
        Far.Listens(443);
        Far.Prints("carried", "sh", "-c", $"GIT_SSL_CAINFO={Far["tls.pem"]} git clone -q https://six.test/repo.git {Far["clone"]} && git -C {Far["clone"]} log --format=%s");
    }

    [NeedsFact(Root, Ip, Tcpdump, Unshare, "psql", "postgres", "initdb", "setpriv")]
    public void Psql()
    {
        string[] nobody = ["--reuid", "nobody", "--regid", "nogroup", "--clear-groups"];
        var made = Execution.Run("sh", ["-c", $"install -d -o nobody {Far["pg"]} && setpriv {string.Join(' ', nobody)} {Executables.Find("initdb")} -D {Far["pg"]} -A trust -U tester --no-sync && echo 'host all all all trust' >>{Far["pg/pg_hba.conf"]}"], []);
        Assert.True(made.ExitCode == 0, made.Error);
        Far.Serve("setpriv", [.. nobody, Executables.Find("postgres")!, "-D", Far["pg"], "-c", "listen_addresses=*", "-c", "fsync=off", "-k", Far["pg"]]);
        Far.Listens(5432);
        Far.Prints("carried", "sh", "-c", "until psql -h six.test -U tester -d postgres -Atc \"select 'carried'\"; do sleep 0.1; done");
    }

    [NeedsFact(Root, Ip, Tcpdump, Unshare, "redis-cli", "redis-server")]
    public void Redis_cli()
    {
        Far.Serve("redis-server", "--bind", "*", "-::*", "--protected-mode", "no", "--save", "");
        Far.Listens(6379);
        Far.Prints("carried", "redis-cli", "-h", "six.test", "echo", "carried");
    }

    [NeedsFact(Root, Ip, Tcpdump, Unshare, "dnsmasq", "dig", "node")]
    public void Programs_with_a_resolver_of_their_own()
    {
        Far.Serve("dnsmasq", "-k", "-C", "/dev/null", "-R", "-h", "--pid-file=", "--address=/name.test/192.0.2.77");
        Far.Listens(53);
        Far.Prints("192.0.2.77", "dig", "+tries=1", "+time=10", "+short", "name.test");
        Far.Prints("192.0.2.77", "dig", "+tries=1", "+time=10", "+short", "@six.test", "name.test");
        Far.Prints("192.0.2.77", "dig", "+tcp", "+tries=1", "+time=10", "+short", "@six.test", "name.test");
        Far.Prints("192.0.2.77", "node", "-e", "require('dns').resolve('name.test', (e, a) => console.log(e ?? a[0]))");
    }

    [NeedsTheory(Root, Ip, Tcpdump, Unshare)]
    [InlineData("dns_of_the_c_library")]
    [InlineData("asked_in_the_background")]
    [InlineData("no_other_way_out")]
    public void The_resolver_of_the_C_library(string scenario) => Far.Prints(scenario, Toolchain.Program("resolves"), scenario);

    [NeedsFact(Root, Ip, Tcpdump, Unshare, "iperf3")]
    public void Iperf3()
    {
        Far.Serve("iperf3", "-s", "-p", "5201");
        Far.Listens(5201);
        Far.Prints("iperf Done", "iperf3", "-c", "six.test", "-n", "20M");
        Far.Prints("0/100 (0%)", "iperf3", "-u", "-c", "six.test", "-k", "100", "-l", "1000", "-b", "20M");
    }

    [NeedsFact(Root, Ip, Tcpdump, Unshare, "nc")]
    public async Task Nc_listens()
    {
        File.Delete(Far["said"]);
        var nc = Task.Run(() => Far.Run(["--bind", "--log", $"info:{Far["said"]}"], "sh", "-c", "echo there and back | nc -N -l 5555"));
        string? port = null;
        await Eventually.Holds(() => File.Exists(Far["said"]) && (port = Port(File.ReadAllText(Far["said"]))) is not null, () => "nothing listens");
        Assert.Equal("there and back\n", Far.Far("nc", "-d", Namespaces.Gateway, port!).Output);
        Assert.Equal(0, (await nc).ExitCode);
    }

    private static string? Port(string log) =>
        log.Split('\n').FirstOrDefault(line => line.Contains("listens at", StringComparison.Ordinal))?.Split(':')[^1];

    /// <summary>PORT tells an IPv4 address and EPRT one of either family, so the program must use the server's.</summary>
    [NeedsTheory(Root, Ip, Tcpdump, Unshare, Python, "vsftpd")]
    [InlineData("six.test", 2121, "listen_ipv6=YES\nlisten=NO", "EPRT |2|")]
    [InlineData("four.test", 2122, "listen=YES", "PORT 10,64,")]
    public void Active_ftp_where_the_families_match(string server, int at, string listens, string command)
    {
        Far.Write("www/file.txt", FakeDestination.Page);
        Far.Serve(Executables.Find("vsftpd")!, Far.Write($"{server}.conf", $"{listens}\nlisten_port={at}\nbackground=NO\nanonymous_enable=YES\nno_anon_password=YES\nconnect_from_port_20=NO\nanon_root={Far["www"]}\nsecure_chroot_dir={Far["www"]}\n"));
        Far.Listens(at);
        var outcome = Far.Run(["--bind"], "env", "SOCKS64_ANSWER=match", Executables.Interpreter("python3"), "-c",
            $"import ftplib; f = ftplib.FTP(); f.set_debuglevel(1); f.connect('{server}', {at}); f.login(); f.set_pasv(False); f.retrlines('RETR file.txt')");
        Assert.True(outcome.Output.Contains(command, StringComparison.Ordinal) && outcome.Output.Contains(FakeDestination.Page, StringComparison.Ordinal), $"{outcome.Output}\n{outcome.Error}");
    }

    [NeedsFact(Root, Ip, Tcpdump, Unshare, Python, "java", "javac")]
    public void Java()
    {
        Far.ServeHttp();
        var program = Far.Write("Fetch.java", """
            public class Fetch {
                public static void main(String[] a) throws Exception {
                    System.out.write(new java.net.URL("http://six.test/file.txt").openStream().readAllBytes());
                    System.out.flush();
                }
            }
            """);
        Far.Prints(FakeDestination.Page, "java", "-XX:TieredStopAtLevel=1", program);
    }

    /// <summary>A program of .NET that connects by name: this gateway's own command, asking a gateway behind the gateway.</summary>
    [NeedsFact(Root, Ip, Tcpdump, Unshare)]
    public void Dotnet() =>
        Far.Prints(Namespaces.Ipv6Only, SocksifyCommandTests.Socks64.Value, "resolve", "--gateway", $"{Namespaces.Gateway}:1080", "six.test");

    [NeedsFact(Root, Ip, Tcpdump, Unshare, Python, "curl", "dnsmasq", "dig")]
    public void On_a_host_with_IPv6_only()
    {
        using var far = new FarEnd(ipv6: true);
        far.ServeHttp();
        far.Serve("dnsmasq", "-k", "-C", "/dev/null", "-R", "-h", "--pid-file=", "--address=/name.test/192.0.2.77");
        far.Listens(53);
        far.Prints(FakeDestination.Page, "curl", "-sS", "http://four.test/file.txt");
        far.Prints("192.0.2.77", "dig", "-4", "+tries=1", "+time=10", "+short", "@four.test", "name.test");
        far.Prints("192.0.2.77", "dig", "-6", "+tries=1", "+time=10", "+short", "name.test");
    }

    /// <summary>Made with the first test that runs, not for those that are skipped.</summary>
    public sealed class Stage : IDisposable
    {
        private readonly Lazy<FarEnd> _far = new(() => new FarEnd());

        internal FarEnd Far => _far.Value;

        public void Dispose()
        {
            if (_far.IsValueCreated)
                _far.Value.Dispose();
        }
    }
}
