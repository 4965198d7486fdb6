using System.Net;
using System.Net.Sockets;
using Preload.Tests.Support;

namespace Preload.Tests;

public sealed class ConnectTests
{
    [NeedsTheory]
    [InlineData("blocking")]
    [InlineData("both_ends_have_names")]
    [InlineData("own_name_across_families")]
    [InlineData("refusals")]
    [InlineData("replies_in_single_octets")]
    [InlineData("early_data")]
    [InlineData("ipv6_program")]
    [InlineData("mapped_addresses")]
    [InlineData("literals")]
    [InlineData("unknown_fake_addresses")]
    [InlineData("from_many_threads")]
    [InlineData("nothing_else_leaves")]
    [InlineData("disconnected_and_connected_again")]
    [InlineData("interrupted")]
    [InlineData("interrupted_but_restarted")]
    [InlineData("by_raw_calls")]
    public void Connects_as_the_system_does(string scenario) => Scenario.Passes("connects", scenario);

    [NeedsTheory]
    [InlineData("blocking")]
    [InlineData("ipv6_program")]
    [InlineData("refusals")]
    public void Connects_to_a_gateway_of_the_other_family(string scenario)
    {
        using var gateway = new FakeGateway(ipv6: true);
        Scenario.Passes(gateway, "connects", scenario);
    }

    [NeedsFact]
    public void Only_the_family_of_the_far_end_is_taken_where_that_is_wished() =>
        Scenario.Passes("connects", "families_match", ("SOCKS64_ANSWER", "match"));

    [NeedsFact]
    public void Names_travel_as_names_and_addresses_as_addresses()
    {
        using var gateway = new FakeGateway();
        Scenario.Passes(gateway, "connects", "blocking");
        Scenario.Passes(gateway, "connects", "literals");
        Assert.Equal(["Connect echo.test:7", "Connect 192.0.2.7:7", "Connect 2001:db8::7:7", "Connect 192.0.2.7:7"], gateway.Requests);
    }

    [NeedsFact]
    public void Logs_in_with_user_and_password()
    {
        using var gateway = new FakeGateway(login: "alice:s3cret");
        Scenario.Passes(gateway, "connects", "blocking", ("SOCKS64_USER", "alice"), ("SOCKS64_PASSWORD", "s3cret"));
    }

    [NeedsFact]
    public void Reads_the_password_from_a_file()
    {
        using var gateway = new FakeGateway(login: "alice:s3cret");
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "s3cret\n");
        Scenario.Passes(gateway, "connects", "blocking", ("SOCKS64_USER", "alice"), ("SOCKS64_PASSWORD_FILE", file));
        File.Delete(file);
    }

    [NeedsFact]
    public void A_refused_login_is_a_refused_connect()
    {
        using var gateway = new FakeGateway(login: "alice:s3cret");
        var outcome = Execution.Socksified(gateway, Toolchain.Program("connects"), ["blocking"],
            ("SOCKS64_USER", "alice"), ("SOCKS64_PASSWORD", "wrong-one"));
        Assert.Contains("Permission denied", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-one", outcome.Error, StringComparison.Ordinal);
    }

    [NeedsTheory]
    [InlineData(null)]
    [InlineData("alice:s3cret")]
    public void In_flight_everything_travels_before_the_first_answer(string? login)
    {
        using var gateway = new FakeGateway(login: login, expectsFlight: true);
        (string, string)[] credentials = login is null ? [] : [("SOCKS64_USER", "alice"), ("SOCKS64_PASSWORD", "s3cret")];
        Scenario.Passes(gateway, "connects", "blocking", [("SOCKS64_FLIGHT", "on"), .. credentials]);
        Scenario.Passes(gateway, "nonblocking", "with_level_triggered_epoll", [("SOCKS64_FLIGHT", "on"), .. credentials]);
    }

    [NeedsFact("curl")]
    public async Task Direct_networks_are_not_relayed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var destination = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            await new FakeDestination(client.GetStream(), default).ServeAsync(80);
        });
        using var gateway = new FakeGateway();
        var outcome = Execution.Socksified(gateway, "curl", ["-sS", $"http://{listener.LocalEndpoint}/"], ("SOCKS64_DIRECT", "127.0.0.0/8"));
        Assert.Equal(FakeDestination.Page, outcome.Output);
        await destination;
        Assert.Empty(gateway.Requests);
    }

    [NeedsTheory("curl")]
    [InlineData("SOCKS64_GATEWAY", "nonsense.invalid:1080")]
    [InlineData("SOCKS64_GATEWAY", "127.0.0.1:70000")]
    [InlineData("SOCKS64_DIRECT", "10.0.0.0/33")]
    [InlineData("SOCKS64_FAKE4", "fd00::/8")]
    [InlineData("SOCKS64_GATEWAY", "[127.0.0.1]1080")]
    [InlineData("SOCKS64_BIND", "perhaps")]
    [InlineData("SOCKS64_LOG", "loud")]
    public void With_a_setting_that_makes_no_sense_nothing_goes_out(string name, string value)
    {
        using var gateway = new FakeGateway();
        var outcome = Execution.Socksified(gateway, "curl", ["-sS", "http://web.test/"], (name, value));
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains(name, outcome.Error, StringComparison.Ordinal);
        Assert.Empty(gateway.Requests);
    }
}
