using System.Net;
using System.Net.NetworkInformation;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;
using static SocksLib.Tests.Client.Servers;

namespace SocksLib.Tests.Client;

/// <summary>Whoever cancels leaves nothing open.</summary>
public class CancellationTests
{
    [Theory]
    [InlineData(ChainPhase.Greeting)]
    [InlineData(ChainPhase.Authentication)]
    [InlineData(ChainPhase.Request)]
    public async Task Cancelled_while_the_gateway_owes_an_answer_the_connection_ends(ChainPhase owed)
    {
        var (reached, left) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var hop = new ScriptedHop(IPAddress.Loopback, async (_, client) =>
        {
            await client.ReadAsync<MethodOffer>();
            if (owed > ChainPhase.Greeting)
            {
                await client.SendAsync(new MethodChoice(AuthMethod.Password));
                await client.ReadAsync<PasswordRequest>();
            }
            if (owed > ChainPhase.Authentication)
            {
                await client.SendAsync(PasswordReply.Accepted);
                await client.ReadAsync<SocksRequest>();
            }
            reached.SetResult();
            await EndAsync(client);
            left.SetResult();
        });
        using var cancellation = new CancellationTokenSource();
        var connecting = new SocksClient(At(hop.Endpoint) with { Login = HopLogin.Password("u", "p") }).ConnectAsync("there.test", 80, cancellation.Token);

        await reached.Task.WaitAsync(Eventually.Patience);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.WaitAsync(Eventually.Patience));
        await left.Task.WaitAsync(Eventually.Patience);
    }

    [Fact]
    public async Task Cancelled_while_it_connects_nothing_is_left()
    {
        using var silent = new SilentDestination();
        using var cancellation = new CancellationTokenSource();
        var connecting = new SocksClient(At(silent.Endpoint)).ConnectAsync("there.test", 80, cancellation.Token);
        await Eventually.Holds(() => IsConnecting(silent.Endpoint), () => "nobody connects");

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.WaitAsync(Eventually.Patience));
        await Eventually.Holds(() => !IsConnecting(silent.Endpoint), () => "a socket still connects");
    }

    [Fact]
    public async Task Cancelled_beforehand_nothing_begins()
    {
        using var hop = ScriptedHop.Silent(IPAddress.Loopback);
        var client = new SocksClient(At(hop.Endpoint));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.ConnectAsync("there.test", 80, new CancellationToken(true)));

        Assert.Equal(0, hop.Clients);
    }

    [Fact]
    public async Task Cancelled_hedges_end_with_the_first()
    {
        using var one = Leaving(out var first);
        using var other = Leaving(out var second);
        using var cancellation = new CancellationTokenSource();
        var options = SocksClientOptions.Through(At(one.Endpoint), At(other.Endpoint)) with { HedgeAfter = TimeSpan.FromMilliseconds(1) };
        var connecting = new SocksClient(options).ConnectAsync("there.test", 80, cancellation.Token);
        await Eventually.Holds(() => one.Clients == 1 && other.Clients == 1, () => $"{one.Clients} and {other.Clients} clients");

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.WaitAsync(Eventually.Patience));
        await Task.WhenAll(first, second).WaitAsync(Eventually.Patience);
    }

    /// <summary>A hop that says nothing, and a task that ends with its client.</summary>
    private static ScriptedHop Leaving(out Task left)
    {
        var gone = new TaskCompletionSource();
        left = gone.Task;
        return new ScriptedHop(IPAddress.Loopback, async (_, client) =>
        {
            await EndAsync(client);
            gone.SetResult();
        });
    }

    /// <summary>Until the client has left: by a reset, where its socket was reading.</summary>
    private static Task EndAsync(SocksTestClient client) => client.Socket.IsResetAsync();

    private static bool IsConnecting(IPEndPoint to) => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
        .Any(connection => connection.State == TcpState.SynSent && connection.RemoteEndPoint.Equals(to));
}
