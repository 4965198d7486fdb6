using System.Net;
using Gateway.Actors.Sessions;
using Gateway.Actors.Status;
using Gateway.Protocol;

namespace Gateway.Actors.Tests.Status;

public class SessionFilterTests
{
    private static readonly SessionView Session = new()
    {
        Id = 7,
        Started = DateTimeOffset.UnixEpoch,
        Phase = SessionPhase.Relaying,
        Client = Endpoint("[2001:db8::17]:4000"),
        Listener = Endpoint("[2001:db8::1]:1080"),
        User = "alice",
        Command = SocksCommand.Connect,
        Destination = "www.Example:443",
        Via = "v6-lab",
        Hops = [new HopRecord("r1", Endpoint("[2001:db8::21]:1080"), TimeSpan.Zero)],
        Member = "e1",
        Origin = IpLiteral.Parse("198.51.100.4"),
        Peer = Endpoint("192.0.2.9:443"),
    };

    public static TheoryData<SessionFilter, bool> Filters => new()
    {
        { new(), true },
        { new() { Client = "2001:db8:" }, true },
        { new() { Client = "[2001:db8::17]:4000" }, true },
        { new() { Client = "192.0.2." }, false },
        { new() { User = "alice" }, true },
        { new() { User = "ali" }, false },
        { new() { Destination = "example" }, true },
        { new() { Destination = "192.0.2.9" }, true },
        { new() { Destination = "2001:db8::17" }, false },
        { new() { Via = "v6-lab" }, true },
        { new() { Via = "direct" }, false },
        { new() { Phase = SessionPhase.Relaying }, true },
        { new() { Phase = SessionPhase.Closing }, false },
        { new() { IsAssociation = false }, true },
        { new() { IsAssociation = true }, false },
        { new() { Text = "ALICE" }, true },
        { new() { Text = ":443" }, true },
        { new() { Hop = "r1" }, true },
        { new() { Hop = "e1" }, true },
        { new() { Hop = "r" }, false },
        { new() { Trace = "00" }, false },
        { new() { Text = "R1" }, true },
        { new() { Client = "198.51." }, true },
        { new() { Text = "100.4" }, true },
        { new() { Text = "[2001:DB8::17]" }, true },
        { new() { Text = "192.0.2.1" }, false },
        { new() { Text = "bob" }, false },
        { new() { User = "alice", Via = "direct" }, false },
        { new() { User = "alice", Text = "lab", Client = "2001:" }, true },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public void A_session_matches_when_it_fits_all_that_is_asked_for(SessionFilter filter, bool matches) =>
        Assert.Equal(matches, filter.Matches(Session));

    private static LiteralEndpoint Endpoint(string text) => LiteralEndpoint.From(IPEndPoint.Parse(text));

    [Fact]
    public void A_session_without_a_request_has_no_destination_to_match()
    {
        var silent = Session with { Destination = null, Peer = null, Via = null, User = null, Phase = SessionPhase.Handshake };
        Assert.True(new SessionFilter { Text = "2001" }.Matches(silent));
        Assert.False(new SessionFilter { Destination = "e" }.Matches(silent));
        Assert.False(new SessionFilter { Text = "example" }.Matches(silent));
    }
}
