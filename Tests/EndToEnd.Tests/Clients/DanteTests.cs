using Socks64Actors.EndToEnd.Tests.Lab;

namespace Socks64Actors.EndToEnd.Tests.Clients;

/// <summary>dante's client makes unmodified programs use BIND and UDP ASSOCIATE.</summary>
[Collection(LabCollection.Name)]
public sealed class DanteTests(NetworkLab lab)
{
    [LabFact("socksify", "vsftpd", "ftp")]
    public void An_active_mode_FTP_transfer_comes_in_through_BIND()
    {
        var root = lab.Folder.CreateSubdirectory("ftp");
        File.WriteAllText(Path.Combine(root.FullName, "hello.txt"), "hello over FTP\n");
        var empty = lab.Folder.CreateSubdirectory("empty");
        var configuration = lab.File("vsftpd.conf", $"""
            listen=YES
            background=NO
            anonymous_enable=YES
            no_anon_password=YES
            anon_root={root.FullName}
            ftp_username=ftp
            connect_from_port_20=NO
            pasv_enable=NO
            port_enable=YES
            port_promiscuous=YES
            seccomp_sandbox=NO
            secure_chroot_dir={empty.FullName}
            """);
        lab.Destination4.Start("vsftpd", configuration);
        lab.Destination4.WaitForPort(21);
        var copy = Path.Combine(lab.Folder.FullName, "copy.txt");

        var said = lab.Client4.Run("socksify", ["ftp", "-n", "-v", "-A", NetworkLab.Address4],
            $"user anonymous x\nbinary\nget hello.txt {copy}\nquit\n", environment: Dante());

        Assert.True(File.Exists(copy), $"{said.Output}\n{said.Error}\n{string.Join('\n', lab.Gateway.Log(lab.GatewayProcess).TakeLast(20))}");
        Assert.Equal("hello over FTP\n", File.ReadAllText(copy));
    }

    /// <summary>drill and not dig: dante's client does not know recvmmsg, which dig waits in.</summary>
    [LabFact("socksify", "drill")]
    public void DNS_queries_go_over_UDP()
    {
        var answer = lab.Client4.Run("socksify", ["drill", $"@{NetworkLab.Address4}", NetworkLab.Name6, "AAAA"], environment: Dante()).MustSucceed();

        Assert.Contains($"\tAAAA\t{NetworkLab.Address6}\n", answer.Output);
    }

    private Dictionary<string, string> Dante() => new()
    {
        ["SOCKS_CONF"] = lab.File("dante.conf", $$"""
            route {
              from: 0.0.0.0/0 to: 10.64.1.0/24 via: direct
            }
            route {
              from: 0.0.0.0/0 to: 0.0.0.0/0 via: {{NetworkLab.GatewayFor4}} port = 1080
              protocol: tcp udp
              proxyprotocol: socks_v5
              command: bind connect udpassociate
            }
            """),
    };
}
