using System.Net;
using Gateway.Protocol;
using Gateway.Transport.Linux;

namespace Gateway.Transport.Tests;

public class IpEndpointTests
{
    [Theory]
    [InlineData("192.0.2.1:80")]
    [InlineData("0.0.0.0:0")]
    [InlineData("[2001:db8::1]:65535")]
    [InlineData("[::]:1080")]
    [InlineData("[::ffff:192.0.2.1]:80")]
    public void Text_and_endpoint_are_each_other(string text)
    {
        var endpoint = IpEndpoint.Parse(text);
        Assert.Equal(text, endpoint.ToString());
        Assert.Equal(IPEndPoint.Parse(text), endpoint.ToIPEndPoint());
        Assert.Equal(endpoint, IpEndpoint.From(endpoint.ToIPEndPoint()));
        Assert.Equal(endpoint, IpEndpoint.From(endpoint.ToLiteral()));
    }

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("2001:db8::1:80")]
    [InlineData("[192.0.2.1]:80")]
    [InlineData("192.0.2.1:65536")]
    [InlineData("")]
    public void Other_text_is_refused(string text) => Assert.False(IpEndpoint.TryParse(text, out _));

    [Theory]
    [InlineData("192.0.2.1:80")]
    [InlineData("[2001:db8::1]:443")]
    public unsafe void The_kernels_form_is_the_same_address(string text)
    {
        SockAddr address;
        var length = address.Set(IpEndpoint.Parse(text));
        Assert.Equal(text.StartsWith('[') ? 28u : 16u, length);
        Assert.Equal(text, address.Get().ToString());
    }

    [Fact]
    public void A_scope_survives_the_kernels_form()
    {
        SockAddr address = default;
        var linkLocal = IpEndpoint.From(IPEndPoint.Parse("[fe80::1%7]:80"));
        address.Set(linkLocal);
        Assert.Equal(7u, address.Get().ScopeId);
        Assert.Equal("[fe80::1%7]:80", address.Get().ToString());
    }

    [Fact]
    public void The_default_is_no_address()
    {
        Assert.Equal(IpFamily.None, default(IpEndpoint).Family);
        Assert.NotEqual(IpEndpoint.Unspecified(IpFamily.V4), default);
        Assert.Equal("none", default(IpEndpoint).ToString());
    }

    [Fact]
    public void Mapped_addresses_are_mapped_back_only_on_demand()
    {
        var mapped = IpEndpoint.Parse("[::ffff:127.0.0.1]:80");
        Assert.Equal(IpFamily.V6, mapped.Family);
        Assert.True(mapped.IsLoopback);
        Assert.Equal("127.0.0.1:80", mapped.Unmapped.ToString());
        Assert.Equal(mapped, mapped.Unmapped.Mapped);
    }

    [Theory]
    [InlineData("127.255.0.1:1", true)]
    [InlineData("[::1]:1", true)]
    [InlineData("128.0.0.1:1", false)]
    [InlineData("[::2]:1", false)]
    public void Loopback_is_all_of_127_and_1(string text, bool expected) => Assert.Equal(expected, IpEndpoint.Parse(text).IsLoopback);
}
