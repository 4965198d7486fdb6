using Socks64Actors.EndToEnd.Tests.Lab;

namespace Socks64Actors.EndToEnd.Tests.Clients;

/// <summary>A gibibyte each way; segments of the two legs differ in size (RFC 3089 §2, packet size adjustment).</summary>
[Collection(LabCollection.Name)]
public sealed class BulkTests(NetworkLab lab)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <summary>A gibibyte that any side can make again: AES-CTR over zeros.</summary>
    private const string Gibibyte = "openssl enc -aes-128-ctr -nosalt -K 00112233445566778899aabbccddeeff -iv 0 -in /dev/zero 2>/dev/null | head -c 1073741824";

    private static readonly Lazy<string> Expected = new(() => Command.Run("sh", ["-c", $"{Gibibyte} | sha256sum"], limit: Limit).MustSucceed().Output);

    [LabTheory("ncat", "sha256sum", "openssl")]
    [InlineData("4", "6", 9001), InlineData("6", "4", 9002)]
    public void A_gibibyte_goes_up_byte_for_byte(string client, string destination, int port)
    {
        var sum = Path.Combine(lab.Folder.FullName, $"up{port}.sum");
        var server = lab.Destination(destination).Start("sh", "-c", $"ncat -l {port} --recv-only | sha256sum > {sum}");
        lab.Destination(destination).WaitForPort(port);

        lab.Client(client).Shell($"{Gibibyte} | ncat --send-only --proxy-type socks5 --proxy {Proxy(client)} {Literal(destination)} {port}", Limit)
            .MustSucceed();

        Assert.True(server.WaitForExit(Limit));
        Assert.Equal(Expected.Value, File.ReadAllText(sum));
    }

    [LabTheory("ncat", "sha256sum", "openssl")]
    [InlineData("4", "6", 9003), InlineData("6", "4", 9004)]
    public void A_gibibyte_comes_down_byte_for_byte(string client, string destination, int port)
    {
        lab.Destination(destination).Start("sh", "-c", $"{Gibibyte} | ncat -l {port} --send-only");
        lab.Destination(destination).WaitForPort(port);

        var sum = lab.Client(client).Shell(
            $"ncat --recv-only --proxy-type socks5 --proxy {Proxy(client)} {Literal(destination)} {port} | sha256sum", Limit).MustSucceed();

        Assert.Equal(Expected.Value, sum.Output);
    }

    private static string Proxy(string client) => client == "4" ? $"{NetworkLab.GatewayFor4}:1080" : $"[{NetworkLab.GatewayFor6}]:1080";

    private static string Literal(string destination) => destination == "4" ? NetworkLab.Address4 : NetworkLab.Address6;
}
