using Socks64Actors.EndToEnd.Tests.Lab;

namespace Socks64Actors.EndToEnd.Tests.Clients;

/// <summary>curl from hosts of one family to hosts of one family: RFC 3089's patterns A (4→4), B (4→6), C (6→4), D (6→6).</summary>
[Collection(LabCollection.Name)]
public sealed class CurlTests(NetworkLab lab)
{
    [LabTheory("curl")]
    [InlineData("4", "4"), InlineData("4", "6"), InlineData("6", "4"), InlineData("6", "6")]
    public void Curl_reaches_a_name_that_the_gateway_resolves(string client, string destination)
    {
        var page = lab.Client(client).Run("curl", ["-sS", "--max-time", "20", "--socks5-hostname", $"{NetworkLab.GatewayAs(client)}:1080",
            $"http://{NetworkLab.NameOf(destination)}/"]).MustSucceed();

        Assert.Equal($"hello over IPv{destination}\n", page.Output);
    }

    [LabTheory("curl")]
    [InlineData("4", "4"), InlineData("4", "6"), InlineData("6", "4"), InlineData("6", "6")]
    public void Curl_reaches_a_literal_address(string client, string destination)
    {
        var literal = destination == "4" ? NetworkLab.Address4 : $"[{NetworkLab.Address6}]";

        var page = lab.Client(client).Run("curl", ["-sS", "--max-time", "20", "--socks5", $"{NetworkLab.GatewayAs(client)}:1080",
            $"http://{literal}/"]).MustSucceed();

        Assert.Equal($"hello over IPv{destination}\n", page.Output);
    }

    [LabTheory("curl")]
    [InlineData("4"), InlineData("6")]
    public void Curl_over_SOCKS4a_reaches_a_name_of_either_family(string destination)
    {
        var page = lab.Client4.Run("curl", ["-sS", "--max-time", "20", "--socks4a", $"{NetworkLab.GatewayFor4}:1080",
            $"http://{NetworkLab.NameOf(destination)}/"]).MustSucceed();

        Assert.Equal($"hello over IPv{destination}\n", page.Output);
    }

    [LabFact("curl")]
    public void A_name_from_the_search_list_is_found()
    {
        var page = lab.Client4.Run("curl", ["-sS", "--max-time", "20", "--socks5-hostname", $"{NetworkLab.GatewayFor4}:1080", "http://six/"])
            .MustSucceed();

        Assert.Equal("hello over IPv6\n", page.Output);
    }

    [LabTheory("curl")]
    [InlineData("4"), InlineData("6")]
    public void Curl_is_let_in_with_the_password(string client)
    {
        var page = lab.Client(client).Run("curl", ["-sS", "--max-time", "20", "-x",
            $"socks5h://alice:s3cret@{NetworkLab.GatewayAs(client)}:1081", $"http://{NetworkLab.Name4}/"]).MustSucceed();

        Assert.Equal("hello over IPv4\n", page.Output);
    }

    [LabFact("curl")]
    public void Curl_is_told_that_the_password_is_wrong()
    {
        var refused = lab.Client4.Run("curl", ["-sS", "--max-time", "20", "-x",
            $"socks5h://alice:wrong@{NetworkLab.GatewayFor4}:1081", $"http://{NetworkLab.Name4}/"]);

        Assert.Equal(97, refused.ExitCode); // CURLE_PROXY
        Assert.Contains("User was rejected by the SOCKS5 server", refused.Error);
    }

    [LabTheory("curl")]
    [InlineData("http://nowhere.lab.test/", 4)] // host unreachable: no such name
    [InlineData("http://four.lab.test:81/", 5)] // connection refused
    public void Curl_is_told_the_true_cause_of_a_failure(string url, int replyCode)
    {
        var failed = lab.Client4.Run("curl", ["-sS", "--max-time", "20", "--socks5-hostname", $"{NetworkLab.GatewayFor4}:1080", url]);

        Assert.Equal(97, failed.ExitCode);
        Assert.Contains($"({replyCode})", failed.Error);
    }

    [LabFact("curl")]
    public void The_destination_sees_the_gateway_as_its_peer()
    {
        var peer = lab.Client6.Run("curl", ["-sS", "--max-time", "20", "--socks5-hostname", $"{NetworkLab.GatewayAs("6")}:1080",
            $"http://{NetworkLab.Name4}/peer"]).MustSucceed();

        Assert.Equal("10.64.2.1\n", peer.Output);
    }
}
