using System.Net;
using Gateway.Actors.Access;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;

namespace Gateway.Actors.Tests.Sessions;

public class PasswordTests
{
    private static readonly string Settings = $$"""
        users { alice { password = "{{PasswordHash.Create("s3cret"u8, PasswordHash.LeastIterations).Reveal()}}" } }
        listeners = [{ address = "127.0.0.1:0", auth = [password] }, { address = "[::1]:0", auth = [password, none] }]
        """;

    [Fact]
    public async Task Right_password_opens_the_way_and_names_the_user_in_the_record()
    {
        await using var gateway = await TestGateway.StartAsync(Settings);
        using var echo = new EchoServer(IPAddress.Loopback);
        using var socks = await gateway.ConnectAsync();

        Assert.True(await socks.LogInAsync("alice", "s3cret"));
        Assert.Equal(ReplyCode.Succeeded, (await socks.RequestAsync(SocksCommand.Connect, SocksEndpoint.From(echo.Endpoint))).Code);
        await socks.EchoAsync([1, 2, 3]);

        socks.Dispose();
        Assert.Equal("alice", (await gateway.NextRecordAsync()).User);
    }

    [Theory]
    [InlineData("alice", "S3cret")]
    [InlineData("alice", "s3cre")]
    [InlineData("bob", "s3cret")]
    public async Task Wrong_name_or_password_is_refused(string user, string password)
    {
        await using var gateway = await TestGateway.StartAsync(Settings);
        using var socks = await gateway.ConnectAsync();

        Assert.False(await socks.LogInAsync(user, password));
        Assert.Empty(await socks.ReadToEndAsync());

        socks.Dispose();
        var record = await gateway.NextRecordAsync();
        Assert.Null(record.User);
        Assert.StartsWith("authentication: wrong user name or password", record.Reason);
    }

    [Theory]
    [InlineData("010006733363726574")]
    [InlineData("0105616C69636500")]
    [InlineData("010000")]
    public async Task Empty_name_or_password_is_refused(string message)
    {
        await using var gateway = await TestGateway.StartAsync(Settings);
        using var socks = await gateway.ConnectAsync();
        await socks.GreetAsync(AuthMethod.Password);

        await socks.SendAsync(Convert.FromHexString(message));

        Assert.Equal("0101", Convert.ToHexString(await socks.ReadToEndAsync()));
    }

    [Fact]
    public async Task Guesser_has_to_wait_although_it_finds_the_password()
    {
        var time = new FakeTime();
        await using var gateway = await TestGateway.StartAsync(Settings, time);
        for (var guess = 0; guess < new GuessThrottle().Free; guess++)
            Assert.False(await TryAsync($"guess {guess}"));

        Assert.False(await TryAsync("s3cret"));
        time.Advance(new GuessThrottle().FirstWait);
        Assert.True(await TryAsync("s3cret"));

        async Task<bool> TryAsync(string password)
        {
            using var socks = await gateway.ConnectAsync();
            return await socks.LogInAsync("alice", password);
        }
    }

    [Fact]
    public async Task Whole_handshake_in_one_segment_is_served()
    {
        await using var gateway = await TestGateway.StartAsync(Settings);
        using var echo = new EchoServer(IPAddress.Loopback);
        using var socks = await gateway.ConnectAsync();
        var request = new SocksRequest(SocksCommand.Connect, 0, SocksEndpoint.From(echo.Endpoint));

        await socks.SendAsync((byte[])[5, 1, 2, .. new PasswordRequest("alice", "s3cret").ToBytes(), .. request.ToBytes(), 42]);

        Assert.Equal(AuthMethod.Password, (await socks.ReadAsync<MethodChoice>()).Method);
        Assert.True((await socks.ReadAsync<PasswordReply>()).IsAccepted);
        Assert.Equal(ReplyCode.Succeeded, (await socks.ReadAsync<SocksReply>()).Code);
        Assert.Equal([42], await socks.ReadAsync(1));
    }

    [Fact]
    public async Task Client_without_a_password_finds_no_method_where_one_is_wanted()
    {
        await using var gateway = await TestGateway.StartAsync(Settings);
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(AuthMethod.NoneAcceptable, await socks.GreetAsync(AuthMethod.NoAuthentication));
        Assert.Empty(await socks.ReadToEndAsync());
    }

    [Fact]
    public async Task Listener_says_which_method_it_likes_best()
    {
        await using var gateway = await TestGateway.StartAsync(Settings);
        using var both = await gateway.ConnectAsync(IPAddress.IPv6Loopback);
        Assert.Equal(AuthMethod.Password, await both.GreetAsync(AuthMethod.NoAuthentication, AuthMethod.Password));
        using var none = await gateway.ConnectAsync(IPAddress.IPv6Loopback);
        Assert.Equal(AuthMethod.NoAuthentication, await none.GreetAsync(AuthMethod.NoAuthentication));
    }

    [Fact]
    public async Task SOCKS4_is_refused_where_a_password_is_wanted()
    {
        await using var gateway = await TestGateway.StartAsync(Settings);
        using var echo = new EchoServer(IPAddress.Loopback);
        using var socks = await gateway.ConnectAsync();
        await socks.SendAsync(new Socks4Request(Socks4Command.Connect, SocksEndpoint.From(echo.Endpoint), new CountedOctets("alice")));
        Assert.Equal(Socks4Reply.Refused, await socks.ReadAsync<Socks4Reply>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0105")]
    public async Task Client_that_falls_silent_or_leaves_before_its_password_is_left(string sent)
    {
        await using var gateway = await TestGateway.StartAsync(Settings + "\ntimeouts.handshake = 300ms");
        using var silent = await gateway.ConnectAsync();
        await silent.GreetAsync(AuthMethod.Password);
        await silent.SendAsync(Convert.FromHexString(sent));
        Assert.Equal("authentication: timed out", (await gateway.NextRecordAsync()).Reason);

        using var leaving = await gateway.ConnectAsync();
        await leaving.GreetAsync(AuthMethod.Password);
        await leaving.SendAsync(Convert.FromHexString(sent));
        leaving.Dispose();
        Assert.StartsWith("authentication:", (await gateway.NextRecordAsync()).Reason);
    }

    [Fact]
    public async Task Login_whose_client_has_left_is_no_dead_letter()
    {
        var slow = PasswordHash.Create("s3cret"u8, PasswordHash.DefaultIterations).Reveal();
        await using var gateway = await TestGateway.StartAsync($$"""
            users { alice { password = "{{slow}}" } }
            listeners = [{ address = "127.0.0.1:0", auth = [password] }, { address = "[::1]:0", auth = [password] }]
            """);
        var letters = gateway.CollectDeadLetters();
        for (var client = 0; client < 3; client++)
        {
            using var leaving = await gateway.ConnectAsync();
            await leaving.GreetAsync(AuthMethod.Password);
            await leaving.SendAsync(new PasswordRequest("alice", "s3cret"));
        }
        using var staying = await gateway.ConnectAsync();

        Assert.True(await staying.LogInAsync("alice", "s3cret"));

        staying.Dispose();
        await gateway.HasSessionsAsync(0);
        Assert.Empty(letters);
    }
}
