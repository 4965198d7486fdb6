using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Socks64Actors.EndToEnd.Tests.Hostile;
using Socks64Actors.EndToEnd.Tests.Lab;
using Testing;

namespace Socks64Actors.EndToEnd.Tests.Applications;

/// <summary>The sample program of the managed library, as its README runs it.</summary>
public sealed class SampleTests
{
    private static readonly string Sample = typeof(SampleTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "SamplePath").Value!;

    private static readonly Dictionary<string, string> Ours = new() { ["SOCKS64"] = "1" };

    [Fact]
    public async Task Sample_gets_a_page()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        using var there = new TcpDestination(IPAddress.Loopback);
        using var sample = Start($"127.0.0.1:1,{gateway.Endpoint}", "get", $"http://{there.Endpoint}/");

        using var peer = await there.AcceptAsync();
        await peer.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello\n"u8.ToArray());

        Assert.Equal("hello\n", await sample.StandardOutput.ReadToEndAsync().WaitAsync(Eventually.Patience));
    }

    [Fact]
    public async Task Sample_asks_a_name_server_over_datagrams()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        using var server = new UdpPeer(IPAddress.Loopback);
        using var sample = Start(gateway.Endpoint.ToString(), "query", "example.com", "localhost", server.Endpoint.Port.ToString());

        var (question, from) = await server.ReceiveAsync();
        Assert.Equal("01000001000000000000076578616D706C6503636F6D00001C0001", Convert.ToHexString(question.AsSpan(2)));
        // One answer: a pointer to the name, AAAA, IN, an hour, 2001:db8::10.
        byte[] header = [.. question.AsSpan(0, 2), 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0];
        await server.SendAsync([.. header, .. question.AsSpan(12), .. Convert.FromHexString("C00C001C000100000E100010"), .. IPAddress.Parse("2001:db8::10").GetAddressBytes()], from);

        Assert.Equal("2001:db8::10\n", await sample.StandardOutput.ReadToEndAsync().WaitAsync(Eventually.Patience));
    }

    [Fact]
    public async Task Sample_listens_at_the_gateway()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        using var sample = Start(gateway.Endpoint.ToString(), "listen");
        var line = await sample.StandardOutput.ReadLineAsync().WaitAsync(Eventually.Patience);
        Assert.StartsWith("waiting at ", line);
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await peer.ConnectAsync(IPEndPoint.Parse(line!["waiting at ".Length..])).WaitAsync(Eventually.Patience);

        await peer.WriteAsync("hello\n"u8.ToArray());
        peer.Finish();

        Assert.Equal($"{peer.Here} has come\nhello\n", await sample.StandardOutput.ReadToEndAsync().WaitAsync(Eventually.Patience));
    }

    [Fact]
    public void Sample_says_what_failed()
    {
        using var closed = new ClosedPort(IPAddress.Loopback);

        var failed = Command.Run(Sample, [closed.Endpoint.ToString(), "resolve", "example.com"], environment: Ours);

        Assert.Equal(1, failed.ExitCode);
        Assert.StartsWith($"chain socks, hop 1 127.0.0.1 ({closed.Endpoint}), connect: ", failed.Error);
    }

    private static Process Start(params string[] arguments) => Command.Start(Sample, arguments, Ours);
}
