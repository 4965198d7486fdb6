using System.Net;
using Gateway.Protocol;

namespace SocksLib.Sample;

/// <summary>The examples of docs/sockslib.md; a test holds the two together.</summary>
internal static class Examples
{
    public static async Task StreamAsync(CancellationToken cancellation)
    {
        var client = new SocksClient(HopServer.At("gateway.example"));
        await using var stream = await client.ConnectAsync("ipv6-only.example", 80, cancellation);
        await stream.WriteAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray(), cancellation);
        stream.FinishWriting();
        using var reader = new StreamReader(stream);
        Console.WriteLine(await reader.ReadToEndAsync(cancellation));
    }

    public static SocksClient Options()
    {
        var ours = HopServer.At("2001:db8::1") with
        {
            Login = HopLogin.PasswordOnly("alice", "s3cret"),
            TakesOneFlight = true,
            AddressAssociate = true,
        };
        var stranger = HopServer.At("192.0.2.9", 1081) with { Login = HopLogin.Password("alice", "s3cret") };
        var client = new SocksClient(SocksClientOptions.Through(ours, stranger) with
        {
            SetupTimeout = TimeSpan.FromSeconds(10),
            HedgeAfter = TimeSpan.FromMilliseconds(500),
        });
        return client;
    }

    public static SocksClient Chain()
    {
        var client = new SocksClient(new SocksClientOptions
        {
            Hops = [
                [HopServer.At("entry-a.example"), HopServer.At("entry-b.example")],
                [HopServer.At("192.0.2.9")],
            ],
        });
        return client;
    }

    public static async Task<string> HttpAsync(SocksClient client, string url, CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, ConnectCallback = client.ConnectCallback });
        var page = await http.GetStringAsync(url, cancellation);
        return page;
    }

    public static async Task ListenAsync(SocksClient client, CancellationToken cancellation)
    {
        using var listener = await client.BindAsync(cancellation);
        Console.WriteLine($"waiting at {listener.Endpoint}");
        await using var stream = await listener.AcceptAsync(cancellation);
        Console.WriteLine($"{stream.Bound} has come");
        await stream.CopyToAsync(Console.OpenStandardOutput(), cancellation);
    }

    public static async Task<byte[]> AskAsync(SocksClient client, SocksEndpoint server, byte[] question, CancellationToken cancellation)
    {
        using var udp = await client.AssociateAsync(server, cancellation);
        await udp.SendAsync(question, server, cancellation);
        var buffer = new byte[1500];
        var answer = await udp.ReceiveAsync(buffer, cancellation);
        return buffer[..answer.Length];
    }

    public static async Task NamesAsync(SocksClient client, string name, CancellationToken cancellation)
    {
        IPAddress address = await client.ResolveAsync(name, FamilyWish.PreferIpv6, cancellation);
        Console.WriteLine($"{name} is {address}, which is {await client.ReverseAsync(address, cancellation)}");
    }

    public static async Task FailureAsync(SocksClient client, CancellationToken cancellation)
    {
        try
        {
            await using var stream = await client.ConnectAsync("192.0.2.10", 80, cancellation);
        }
        catch (SocksException e) when (e.Code == ReplyCode.ConnectionRefused)
        {
            Console.WriteLine($"nobody listens there: {e.Message}");
        }
    }
}
