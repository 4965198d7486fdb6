using System.Diagnostics;

namespace Socks64Actors.EndToEnd.Tests.Lab;

/// <summary>
/// Five hosts around one gateway. Clients and destinations have one family each, nothing routes between them,
/// so a byte that arrives has gone through the gateway.
/// <code>
///   client4 10.64.1.2 ───────┐                ┌─────── destination4 10.64.2.2
///                          gateway (both families, DNS)
///   client6 fd64:0:0:1::2 ───┘                └─────── destination6 fd64:0:0:2::2
/// </code>
/// </summary>
public sealed class NetworkLab : IAsyncLifetime
{
    public const string GatewayFor4 = "10.64.1.1";
    public const string GatewayFor6 = "fd64:0:0:1::1";
    public const string Address4 = "10.64.2.2";
    public const string Address6 = "fd64:0:0:2::2";
    public const string Name4 = "four.lab.test";
    public const string Name6 = "six.lab.test";

    /// <summary>Open to all, no authentication.</summary>
    public const int Port = 1080;

    /// <summary>Username alice, password s3cret.</summary>
    public const int PasswordPort = 1081;

    private readonly string _prefix = $"s64-{Environment.ProcessId}-";

    public Host Client4 { get; private set; } = null!;
    public Host Client6 { get; private set; } = null!;
    public Host Gateway { get; private set; } = null!;
    public Host Destination4 { get; private set; } = null!;
    public Host Destination6 { get; private set; } = null!;

    /// <summary>Files of this run, removed with it.</summary>
    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("socks64-lab-");

    public Process GatewayProcess { get; private set; } = null!;

    /// <summary>The client of a family, by "4" or "6".</summary>
    public Host Client(string family) => family == "4" ? Client4 : Client6;

    /// <summary>Where the client of a family finds the gateway, as a URL writes it.</summary>
    public static string GatewayAs(string family) => family == "4" ? GatewayFor4 : $"[{GatewayFor6}]";

    /// <summary>The destination of a family.</summary>
    public Host Destination(string family) => family == "4" ? Destination4 : Destination6;

    public static string NameOf(string family) => family == "4" ? Name4 : Name6;

    public Task InitializeAsync()
    {
        if (LabSupport.WhyNot([]) is not null)
            return Task.CompletedTask;
        // Servers that give up root must still reach what they serve.
        Command.Run("chmod", ["755", Folder.FullName]).MustSucceed();
        (Client4, Client6, Gateway, Destination4, Destination6) = (Add("client4"), Add("client6"), Add("gateway"), Add("dest4"), Add("dest6"));
        Link4(Client4, "10.64.1");
        Link4(Destination4, "10.64.2");
        Link6(Client6, "fd64:0:0:1");
        Link6(Destination6, "fd64:0:0:2");
        StartServers();
        StartGateway();
        return Task.CompletedTask;
    }

    public Task DisposeAsync()
    {
        foreach (var host in new[] { Client4, Client6, Gateway, Destination4, Destination6 })
            host?.Dispose();
        if (Directory.Exists(ResolverFolder))
            Directory.Delete(ResolverFolder, recursive: true);
        Folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Writes a file of this run and returns its path.</summary>
    public string File(string name, string text)
    {
        var path = Path.Combine(Folder.FullName, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private string ResolverFolder => $"/etc/netns/{_prefix}gateway";

    private Host Add(string name) => Host.Create(_prefix + name);

    private int _links;

    private void Link4(Host host, string network)
    {
        host.Run("sysctl", ["-qw", "net.ipv6.conf.all.disable_ipv6=1", "net.ipv6.conf.default.disable_ipv6=1"]).MustSucceed();
        Wire.Join(Gateway, $"gw{_links++}", host, "eth0", network);
        Wire.Ip("-n", host.Name, "route", "add", "default", "via", $"{network}.1");
    }

    private void Link6(Host host, string network)
    {
        Wire.Ip("-n", host.Name, "addr", "del", "127.0.0.1/8", "dev", "lo");
        Wire.Join(Gateway, $"gw{_links++}", host, "eth0", network);
        Wire.Ip("-n", host.Name, "route", "add", "default", "via", $"{network}::1");
    }

    private void StartServers()
    {
        Command.Run("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", $"/CN={Name6}", "-addext", $"subjectAltName=DNS:{Name4},DNS:{Name6}",
            "-keyout", Path.Combine(Folder.FullName, "key.pem"), "-out", Path.Combine(Folder.FullName, "cert.pem")]).MustSucceed();
        StartNginx(Destination4, "0.0.0.0", "4");
        StartNginx(Destination6, "[::]", "6");

        Directory.CreateDirectory(ResolverFolder);
        System.IO.File.WriteAllText(Path.Combine(ResolverFolder, "resolv.conf"), "nameserver 127.0.0.1\nsearch lab.test\n");
        StartDns(Gateway, "127.0.0.1");
        StartDns(Destination4, Address4);
        StartDns(Destination6, Address6);
    }

    private void StartNginx(Host host, string address, string family)
    {
        var root = Directory.CreateDirectory(Path.Combine(Folder.FullName, $"www{family}")).FullName;
        System.IO.File.WriteAllText(Path.Combine(root, "index.html"), $"hello over IPv{family}\n");
        System.IO.File.WriteAllText(Path.Combine(root, "page.html"), Page.Html);
        foreach (var (name, image) in Page.Images)
            System.IO.File.WriteAllBytes(Path.Combine(root, name), image);
        var configuration = File($"nginx{family}.conf", $$"""
            user root; worker_processes 1; daemon off; pid {{Folder.FullName}}/nginx{{family}}.pid; error_log stderr warn;
            events { worker_connections 2000; }
            http {
              access_log {{Folder.FullName}}/access{{family}}.log;
              default_type text/html; types { text/html html; image/bmp bmp; application/octet-stream bin; }
              client_body_temp_path {{Folder.FullName}}/body{{family}}; proxy_temp_path {{Folder.FullName}}/proxy{{family}};
              fastcgi_temp_path {{Folder.FullName}}/f{{family}}; uwsgi_temp_path {{Folder.FullName}}/u{{family}}; scgi_temp_path {{Folder.FullName}}/s{{family}};
              server { listen {{address}}:80; root {{root}};
                location /peer { return 200 "$remote_addr\n"; } }
              server { listen {{address}}:443 ssl; root {{root}};
                ssl_certificate {{Folder.FullName}}/cert.pem; ssl_certificate_key {{Folder.FullName}}/key.pem; }
            }
            """);
        host.Start("nginx", "-c", configuration);
        host.WaitForPort(80);
    }

    private void StartDns(Host host, string address)
    {
        host.Start("dnsmasq", "--keep-in-foreground", "--no-hosts", "--no-resolv", "--conf-file=/dev/null", "--user=root",
            "--bind-interfaces", $"--listen-address={address}", "--log-facility=-", "--pid-file=",
            $"--host-record={Name4},{Address4}", $"--host-record={Name6},{Address6}",
            $"--host-record=both.lab.test,{Address4},{Address6}", "--local=/test/");
        host.WaitForPort(53);
    }

    private void StartGateway()
    {
        var hash = Command.Run(GatewayBinary.Path, ["hash-password"], input: "s3cret\n").MustSucceed().Output.Trim();
        var configuration = File("gateway.conf", $$"""
            socks64 {
              listeners = [
                { address = "{{GatewayFor4}}:{{Port}}", auth = [none] }
                { address = "[{{GatewayFor6}}]:{{Port}}", auth = [none] }
                { address = "{{GatewayFor4}}:{{PasswordPort}}", auth = [password] }
                { address = "[{{GatewayFor6}}]:{{PasswordPort}}", auth = [password] }
              ]
              users { alice { password = "{{hash}}" } }
              routes = [ { to = any, via = direct } ]
            }
            """);
        GatewayProcess = Gateway.Start(GatewayBinary.Path, "run", "-c", configuration);
        foreach (var port in new[] { Port, PasswordPort })
            Gateway.WaitForPort(port);
    }
}

[CollectionDefinition(Name)]
public sealed class LabCollection : ICollectionFixture<NetworkLab>
{
    public const string Name = "network lab";
}
