using System.Net;
using Gateway.Protocol;
using Testing;

namespace Socks64Actors.EndToEnd.Tests.Hostile;

/// <summary>More clients than a process may have descriptors for.</summary>
public class DescriptorLimitTests
{
    private const int Limit = 256, Clients = 200;

    [Fact]
    public async Task At_the_descriptor_limit_clients_wait_and_all_are_served_when_others_leave()
    {
        await using var gateway = await GatewayProcess.StartAsync(descriptors: Limit);
        using var echo = new EchoServer(IPAddress.Loopback);
        var clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => gateway.ConnectAsync()));
        var served = clients.Select(client => ServeAsync(client, echo)).ToList();
        await Eventually.Holds(() => Told(gateway, "pauses") > 0, gateway.LastWords);

        // Each that leaves lets another in, until none waits.
        var left = 0;
        while (left < Clients)
        {
            var done = await Task.WhenAny(served).WaitAsync(Eventually.Patience);
            clients[await done].Dispose();
            served.Remove(done);
            left++;
        }
        await gateway.ServesAsync();
        await Eventually.Holds(() => Told(gateway, "goes on") > 0, gateway.LastWords);
        Assert.Equal(1, Told(gateway, "pauses"));
        Assert.Equal(1, Told(gateway, "goes on"));
        await gateway.IsAsBeforeAsync();

        // The client's number, once it has its octets back.
        async Task<int> ServeAsync(SocksTestClient client, EchoServer destination)
        {
            await client.SendAsync(MethodOffer.Of(AuthMethod.NoAuthentication).ToBytes());
            await client.SendAsync(new SocksRequest(SocksCommand.Connect, RequestFlags.None, SocksEndpoint.From(destination.Endpoint)));
            await client.ReadAsync<MethodChoice>();
            Assert.Equal(ReplyCode.Succeeded, (await client.ReadAsync<SocksReply>()).Code);
            await client.EchoAsync([1, 2, 3]);
            return Array.IndexOf(clients, client);
        }
    }

    private static int Told(GatewayProcess gateway, string word) => gateway.Log.Count(line => line.Contains($"accepting {word}"));
}
