using System.Net;
using System.Net.Sockets;
using Gateway.Protocol;

namespace Gateway.Node.Tests.Commands;

/// <summary><c>socks64 resolve</c> against a gateway that says what the test wants.</summary>
public class ResolveTests
{
    private static readonly byte[] AnswerIpv4 = new SocksReply(ReplyCode.Succeeded, RequestFlags.None, SocksEndpoint.From(new LiteralEndpoint(IpLiteral.Parse("192.0.2.10"), 0))).ToBytes();

    /// <summary>Plays one conversation: the octets that must come, and those that answer them.</summary>
    private static async Task<(int Code, string Output, string Error)> Ask(string arguments, params (string Expect, byte[] Answer)[] conversation)
    {
        using var gateway = new TcpListener(IPAddress.Loopback, 0);
        gateway.Start();
        var play = Task.Run(async () =>
        {
            using var client = await gateway.AcceptTcpClientAsync();
            foreach (var (expect, answer) in conversation)
            {
                var octets = new byte[expect.Length / 2];
                await client.GetStream().ReadExactlyAsync(octets);
                Assert.Equal(expect, Convert.ToHexString(octets));
                await client.GetStream().WriteAsync(answer);
            }
        });
        var result = await Socks64.RunAsync("s3cret\n", ["resolve", .. arguments.Split(' '), "-g", gateway.LocalEndpoint.ToString()!]);
        await play.WaitAsync(TimeSpan.FromSeconds(30));
        return result;
    }

    private static readonly (string, byte[]) NoLogin = ("050100", [5, 0]);

    [Theory]
    [InlineData("example.com", "050810030B6578616D706C652E636F6D0001")]
    [InlineData("-4 example.com", "050800030B6578616D706C652E636F6D0001")]
    [InlineData("-6 example.com", "050800030B6578616D706C652E636F6D0004")]
    [InlineData("--id example.com", "050800030B6578616D706C652E636F6D0000")]
    [InlineData("192.0.2.10", "05080001C000020A0003")]
    [InlineData("-r [2001:db8::10]", "0508000420010DB80000000000000000000000100003")]
    public async Task The_question_is_the_drafts_request(string arguments, string octets)
    {
        var (code, output, error) = await Ask(arguments, NoLogin, (octets, AnswerIpv4));
        Assert.Equal((0, "192.0.2.10\n", ""), (code, output, error));
    }

    [Fact]
    public async Task A_user_logs_in_with_the_password_from_standard_input()
    {
        var (code, output, _) = await Ask("-4 -u alice example.com", ("050102", [5, 2]), ("0105616C69636506733363726574", [1, 0]), ("050800030B6578616D706C652E636F6D0001", AnswerIpv4));
        Assert.Equal((0, "192.0.2.10\n"), (code, output));
    }

    [Fact]
    public async Task A_refusal_is_told_in_the_words_of_the_reply()
    {
        var (code, output, error) = await Ask("-4 example.com", NoLogin, ("050800030B6578616D706C652E636F6D0001", SocksReply.Failure(ReplyCode.HostUnreachable).ToBytes()));
        Assert.Equal((1, "", "socks64: example.com: host unreachable (REP 04)\n"), (code, output, error));
    }

    [Fact]
    public async Task A_refused_login_and_a_gateway_that_hangs_up_exit_69()
    {
        var (code, _, error) = await Ask("-u alice example.com", ("050102", [5, 2]), ("0105616C69636506733363726574", [1, 1]));
        Assert.Equal(69, code);
        Assert.Contains("authentication: login refused", error);
        (code, _, error) = await Ask("example.com", ("050100", []));
        Assert.Equal(69, code);
        Assert.Contains("greeting: closed", error);
    }
}
