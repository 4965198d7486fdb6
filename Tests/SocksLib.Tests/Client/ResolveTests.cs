using System.Net;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;
using static SocksLib.Tests.Client.Servers;

namespace SocksLib.Tests.Client;

/// <summary>Names and addresses, asked of a gateway.</summary>
public class ResolveTests
{
    [Theory]
    [InlineData(FamilyWish.Ipv4, "192.0.2.10")]
    [InlineData(FamilyWish.Ipv6, "2001:db8::10")]
    [InlineData(FamilyWish.PreferIpv4, "192.0.2.10")]
    [InlineData(FamilyWish.PreferIpv6, "2001:db8::10")]
    public async Task Name_has_an_address_of_the_wished_family(FamilyWish wish, string expected)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("there.test", "192.0.2.10", "2001:db8::10");

        Assert.Equal(IPAddress.Parse(expected), await new SocksClient(Ours(gateway)).ResolveAsync("there.test", wish).WaitAsync(Eventually.Patience));
    }

    [Fact]
    public async Task Without_a_wish_the_gateway_says_what_it_would_use()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("there.test", V6);

        Assert.Equal(IPAddress.IPv6Loopback, await new SocksClient(Ours(gateway)).ResolveAsync("there.test").WaitAsync(Eventually.Patience));
    }

    [Fact]
    public async Task Preference_is_no_condition_but_a_family_is()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("there.test", "192.0.2.10");
        var client = new SocksClient(Ours(gateway));

        Assert.Equal(IPAddress.Parse("192.0.2.10"), await client.ResolveAsync("there.test", FamilyWish.PreferIpv6).WaitAsync(Eventually.Patience));
        var refused = await Assert.ThrowsAsync<SocksException>(() => client.ResolveAsync("there.test", FamilyWish.Ipv6).WaitAsync(Eventually.Patience));
        Assert.Equal(ReplyCode.HostUnreachable, refused.Code);
    }

    [Fact]
    public async Task Address_has_a_name()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.AddReverse("192.0.2.10", "there.test");

        Assert.Equal("there.test", await new SocksClient(Ours(gateway)).ReverseAsync(IPAddress.Parse("192.0.2.10")).WaitAsync(Eventually.Patience));
    }

    [Fact]
    public async Task Servers_that_speak_Tors_commands_are_asked_by_them_when_told_so()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("there.test", "192.0.2.10");
        gateway.Names.AddReverse("192.0.2.10", "there.test");
        var client = new SocksClient(SocksClientOptions.Through(Stranger(gateway)) with { TorResolve = true });

        Assert.Equal(IPAddress.Parse("192.0.2.10"), await client.ResolveAsync("there.test").WaitAsync(Eventually.Patience));
        Assert.Equal("there.test", await client.ReverseAsync(IPAddress.Parse("192.0.2.10")).WaitAsync(Eventually.Patience));
        await Assert.ThrowsAsync<SocksException>(() => client.ResolveAsync("there.test", FamilyWish.Ipv6).WaitAsync(Eventually.Patience));
    }

    [Fact]
    public async Task Only_servers_that_know_are_asked()
    {
        using var stranger = ScriptedHop.Silent(IPAddress.Loopback);
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("there.test", "192.0.2.10");

        await new SocksClient(At(stranger.Endpoint), Ours(gateway)).ResolveAsync("there.test").WaitAsync(Eventually.Patience);

        Assert.Equal(0, stranger.Clients);
        await Assert.ThrowsAsync<InvalidOperationException>(() => new SocksClient(At(stranger.Endpoint)).ResolveAsync("there.test"));
    }

    [Fact]
    public async Task Gateway_that_gives_ids_whatever_is_asked_is_found_out()
    {
        await using var gateway = await TestGateway.StartAsync("address-id.always-id = on");

        var refused = await Assert.ThrowsAsync<SocksException>(() => new SocksClient(Ours(gateway)).ResolveAsync("there.test").WaitAsync(Eventually.Patience));

        Assert.StartsWith("there.test: the gateway answered with id ", refused.Message);
    }
}
