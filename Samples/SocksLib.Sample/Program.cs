using System.Net;
using Gateway.Protocol;
using SocksLib;
using SocksLib.Sample;

if (args is not [var gateways, var what, .. var rest]) return Usage();
using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupted.Cancel();
};
var cancellation = interrupted.Token;
try
{
    var client = new SocksClient([.. gateways.Split(',').Select(Server)]);
    switch (what, rest)
    {
        case ("get", [var url]):
            Console.Write(await Examples.HttpAsync(client, url, cancellation));
            return 0;
        case ("query", [var name, var server, ..]):
            var id = (ushort)Random.Shared.Next(ushort.MaxValue);
            var answer = await Examples.AskAsync(client, SocksEndpoint.From(server, rest is [_, _, var port] ? int.Parse(port) : 53), DnsQuery.Write(name, ipv6: true, id), cancellation);
            foreach (var address in DnsQuery.Read(answer, id)) Console.WriteLine(address);
            return 0;
        case ("resolve", [var name]):
            Console.WriteLine(await client.ResolveAsync(name, cancellation: cancellation));
            return 0;
        case ("listen", []):
            await Examples.ListenAsync(client, cancellation);
            return 0;
        default:
            return Usage();
    }
}
catch (Exception e) when (e is IOException or HttpRequestException or InvalidOperationException or FormatException or ArgumentException or OperationCanceledException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

// What the environment says of the gateways, it says of all.
static HopServer Server(string address)
{
    var endpoint = IPEndPoint.Parse(address);
    var isOurs = Environment.GetEnvironmentVariable("SOCKS64") == "1";
    return HopServer.At(endpoint.Address.ToString(), endpoint.Port) with
    {
        TakesOneFlight = isOurs,
        AddressAssociate = isOurs,
        Login = Environment.GetEnvironmentVariable("SOCKS_USER") is { } user
            ? HopLogin.Password(user, Environment.GetEnvironmentVariable("SOCKS_PASSWORD") ?? "")
            : HopLogin.None,
    };
}

static int Usage()
{
    Console.Error.WriteLine("sockslib-sample GATEWAY[,GATEWAY…] get URL | query NAME SERVER [PORT] | resolve NAME | listen");
    return 64;
}
