using Socks64Actors.EndToEnd.Tests.Lab;

namespace Socks64Actors.EndToEnd.Tests.Clients;

/// <summary>Programs that speak SOCKS themselves or are made to.</summary>
[Collection(LabCollection.Name)]
public sealed class ToolTests(NetworkLab lab)
{
    private const string Request = "GET / HTTP/1.0\r\n\r\n";

    [LabTheory("ncat")]
    [InlineData("4", "6"), InlineData("6", "4")]
    public void Ncat_relays_between_families_and_keeps_half_close(string client, string destination)
    {
        var proxy = client == "4" ? $"{NetworkLab.GatewayFor4}:1080" : $"[{NetworkLab.GatewayFor6}]:1080";
        var literal = destination == "4" ? NetworkLab.Address4 : NetworkLab.Address6;

        var page = lab.Client(client).Run("ncat", ["--proxy-type", "socks5", "--proxy", proxy, literal, "80"], Request).MustSucceed();

        Assert.EndsWith($"hello over IPv{destination}\n", page.Output);
    }

    [LabFact("proxychains4", "curl")]
    public void Proxychains_carries_curl_to_an_IPv6_only_name()
    {
        var configuration = lab.File("proxychains.conf",
            $"strict_chain\nproxy_dns\nremote_dns_subnet 224\ntcp_read_time_out 15000\ntcp_connect_time_out 8000\n[ProxyList]\nsocks5 {NetworkLab.GatewayFor4} 1080\n");

        var page = lab.Client4.Run("proxychains4", ["-q", "-f", configuration, "curl", "-sS", "--max-time", "20", $"http://{NetworkLab.Name6}/"])
            .MustSucceed();

        Assert.Equal("hello over IPv6\n", page.Output);
    }

    [LabFact("torsocks", "curl")]
    public void Torsocks_resolves_by_the_gateway_and_carries_curl()
    {
        var configuration = lab.File("torsocks.conf",
            $"TorAddress {NetworkLab.GatewayFor4}\nTorPort 1080\nOnionAddrRange 127.42.42.0/24\nAllowInbound 0\n");

        var page = lab.Client4.Run("torsocks", ["curl", "-sS", "--max-time", "20", $"http://{NetworkLab.Name4}/"],
            environment: new Dictionary<string, string> { ["TORSOCKS_CONF_FILE"] = configuration }).MustSucceed();

        Assert.Equal("hello over IPv4\n", page.Output);
    }

    [LabTheory("ssh", "sshd", "ssh-keygen", "ncat")]
    [InlineData("4", "6"), InlineData("6", "4")]
    public void OpenSSH_logs_in_through_ncat(string client, string destination)
    {
        var folder = lab.Folder.CreateSubdirectory($"ssh{client}{destination}").FullName;
        Command.Run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", $"{folder}/host"]).MustSucceed();
        Command.Run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", $"{folder}/user"]).MustSucceed();
        Directory.CreateDirectory("/run/sshd");
        var server = lab.Destination(destination).Start("sshd", "-D", "-e", "-f", "/dev/null", "-p", "2222", "-h", $"{folder}/host",
            "-o", $"AuthorizedKeysFile={folder}/user.pub", "-o", "StrictModes=no", "-o", "PidFile=none", "-o", "PermitRootLogin=yes");
        lab.Destination(destination).WaitForPort(2222);
        var proxy = client == "4" ? $"{NetworkLab.GatewayFor4}:1080" : $"[{NetworkLab.GatewayFor6}]:1080";

        var said = lab.Client(client).Run("ssh", ["-F", "/dev/null", "-p", "2222", "-i", $"{folder}/user", "-o", "StrictHostKeyChecking=no",
            "-o", $"UserKnownHostsFile={folder}/known", "-o", $"ProxyCommand=ncat --proxy-type socks5 --proxy {proxy} %h %p",
            "-o", "ConnectTimeout=20", $"root@{(destination == "4" ? NetworkLab.Address4 : NetworkLab.Address6)}", "echo through the gateway"]);

        lab.Destination(destination).Stop(server);
        Assert.Equal("through the gateway\n", said.MustSucceed().Output);
    }

    [LabTheory("chromium")]
    [InlineData("4", "6"), InlineData("6", "4")]
    public void Chromium_loads_a_page_with_images_over_TLS(string client, string destination)
    {
        var profile = lab.Folder.CreateSubdirectory($"chromium{client}").FullName;

        var page = lab.Client(client).Run("chromium", ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-features=OptimizationHints,AutofillServerCommunication", $"--user-data-dir={profile}",
            "--ignore-certificate-errors", $"--proxy-server=socks5://{NetworkLab.GatewayAs(client)}:1080",
            "--virtual-time-budget=20000", "--dump-dom", $"https://{NetworkLab.NameOf(destination)}/page.html"], limit: TimeSpan.FromSeconds(90));

        Assert.Contains($"images shown: {Page.ImageCount}", page.MustSucceed().Output);
    }
}
