using System.Net;
using System.Text;
using Gateway.Actors.Members;
using Gateway.Actors.Settings;
using Gateway.Protocol;
using Testing;

namespace Gateway.Actors.Tests.Fakes;

/// <summary>Node g1 of the cluster that a test's gateway, g2, belongs to: it speaks for a client as an entry does.</summary>
internal sealed record FellowMember
{
    public const string Name = "g1", Recipient = "g2", ClusterSecret = "s3cret-of-the-lab";

    /// <summary>Under <c>socks64</c>.</summary>
    public const string Settings = $"""
        node.name = {Recipient}
        cluster.secret = "{ClusterSecret}"
        routes = [{"{"} to = ["127.0.0.0/8", "::1"], via = direct {"}"}, {"{"} to = any, via = direct {"}"}]

        """;

    public string Secret { get; init; } = ClusterSecret;

    public string MeantFor { get; init; } = Recipient;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public MemberLeg Leg { get; init; } = new()
    {
        Member = Name,
        Client = IpLiteral.Parse("192.0.2.7"),
        User = "alice",
        Trace = TraceId.Random(),
        HopsLeft = 6,
    };

    /// <summary>A gateway that belongs to the cluster without looking for its other nodes.</summary>
    public static Task<TestGateway> StartGatewayAsync(string settings = Settings, TimeProvider? time = null) =>
        TestGateway.StartAsync(settings, time, Join);

    public static GatewaySettings Join(GatewaySettings settings) => settings with { Cluster = settings.Cluster with { IsJoined = true } };

    public PasswordRequest LogIn(in SocksRequest request) =>
        new MemberLogin(MemberKey.Derive(Encoding.UTF8.GetBytes(Secret)), MeantFor, Leg, Time).Authenticate(request);

    /// <summary>Greeting, login and request.</summary>
    public byte[] Flight(in SocksRequest request) => [.. MethodOffer.Of(AuthMethod.Password).ToBytes(), .. LogIn(request).ToBytes(), .. request.ToBytes()];

    /// <summary>Sends a whole flight, expects to be let in, and tells the reply.</summary>
    public async Task<SocksReply> AskAsync(SocksTestClient socks, SocksCommand command, SocksEndpoint destination, RequestFlags flags = 0)
    {
        await socks.SendAsync(Flight(new SocksRequest(command, flags, destination)));
        Assert.Equal(AuthMethod.Password, (await socks.ReadAsync<MethodChoice>()).Method);
        Assert.True((await socks.ReadAsync<PasswordReply>()).IsAccepted);
        return await socks.ReadAsync<SocksReply>();
    }

    /// <summary>The reply alone.</summary>
    public async Task<ReplyCode> AskAsync(TestGateway gateway, SocksEndpoint destination)
    {
        using var socks = await gateway.ConnectAsync();
        return (await AskAsync(socks, SocksCommand.Connect, destination)).Code;
    }

    /// <summary>A gateway that lets nobody go anywhere, and knows one server outside of the cluster.</summary>
    public static string Closed(IPEndPoint hop) => Settings + $$"""
        gateways { next { address = "{{hop}}" } }
        routes = [{ to = any, via = reject }]
        """;
}
