using System.Net;
using Preload.Tests.Support;

namespace Preload.Tests;

/// <summary>Programs as the distribution ships them.</summary>
public sealed class ProgramTests
{
    private const string Web = "http://web.test/";

    [NeedsTheory("curl")]
    [InlineData("-4", "ipv4", false)]
    [InlineData("-4", "ipv4", true)]
    [InlineData("-6", "both", false)]
    [InlineData("-6", "both", true)]
    public void Curl_fetches_a_page(string family, string answer, bool ipv6) =>
        Prints(FakeDestination.Page, ipv6, "curl", ["-sS", family, Web], ("SOCKS64_ANSWER", answer));

    [NeedsFact("curl")]
    public void Curl_says_why_it_could_not()
    {
        using var gateway = new FakeGateway();
        Assert.Equal(7, Execution.Socksified(gateway, "curl", ["-sS", "http://reply-5.test/"]).ExitCode);
    }

    [NeedsTheory("wget")]
    [InlineData("-4")]
    [InlineData("-6")]
    public void Wget_fetches_a_page(string family) =>
        Prints(FakeDestination.Page, false, "wget", ["-q", "-t", "1", "-T", "20", "-O", "-", family, Web]);

    [NeedsFact("python3")]
    public void Python_fetches_with_http_client() =>
        Prints(FakeDestination.Page, false, Executables.Interpreter("python3"), ["-c",
            "import http.client,sys; c=http.client.HTTPConnection('web.test'); c.request('GET','/'); sys.stdout.write(c.getresponse().read().decode())"]);

    [NeedsFact("python3")]
    public void Python_runs_many_connections_with_asyncio() =>
        Prints("50 ConnectionRefusedError\n", false, Executables.Interpreter("python3"), ["-c",
            """
            import asyncio
            async def one(i):
                r, w = await asyncio.open_connection('echo.test', 7)
                w.write(b'%d' % i); w.write_eof()
                d = await r.read(); w.close()
                return d == b'%d' % i
            async def main():
                done = sum(await asyncio.gather(*[one(i) for i in range(50)]))
                try:
                    await asyncio.open_connection('reply-5.test', 7)
                except OSError as e:
                    print(done, type(e).__name__)
            asyncio.run(main())
            """]);

    [NeedsFact("python3")]
    public void Python_starts_children_that_are_carried_too() =>
        Prints(FakeDestination.Page, false, Executables.Interpreter("python3"), ["-c",
            $"import subprocess,urllib.request; urllib.request.urlopen('{Web}').read(); subprocess.run(['curl','-sS','{Web}'])"]);

    [NeedsFact("node")]
    public void Node_fetches_with_fetch() =>
        Prints("20 ECONNREFUSED\n", false, "node", ["-e",
            $$"""
            (async () => {
              const pages = await Promise.all([...Array(20)].map(async () => (await fetch('{{Web}}')).text()));
              try { await fetch('http://reply-5.test/') }
              catch (e) { console.log(pages.filter(p => p.startsWith('hello')).length, e.cause.code) }
            })()
            """]);

    [NeedsTheory("dig")]
    [InlineData("-4", "+notcp", "@ns.test")]
    [InlineData("-6", "+notcp", "@ns.test")]
    [InlineData("-4", "+tcp", "@ns.test")]
    [InlineData("-4", "+notcp", "@192.0.2.53")]
    [InlineData("-6", "+notcp", "@2001:db8::53")]
    public void Dig_asks_by_udp_and_tcp(string family, string transport, string server)
    {
        using var gateway = new FakeGateway();
        var outcome = Execution.Socksified(gateway, "dig", [family, "+tries=1", "+time=20", transport, server, "example.test"]);
        Assert.Contains("status: NOERROR", outcome.Output, StringComparison.Ordinal);
    }

    [NeedsFact("nc")]
    public async Task Nc_listens_at_the_gateway()
    {
        using var gateway = new FakeGateway();
        var nc = Task.Run(() => Execution.Socksified(gateway, "sh", ["-c", "echo there and back | nc -N -l 5555"], ("SOCKS64_BIND", "on")));
        await gateway.Listened.WaitAsync();
        Assert.True(gateway.Listening.TryPop(out var listener));
        listener.SetResult(new(IPAddress.Parse("198.51.100.77"), 7));
        Assert.Equal("there and back\n", (await nc).Output);
        Assert.Contains("Bind 0.0.0.0:5555", gateway.Requests);
    }

    private static void Prints(string expected, bool ipv6, string program, string[] arguments, params (string, string)[] settings)
    {
        using var gateway = new FakeGateway(ipv6);
        var outcome = Execution.Socksified(gateway, program, arguments, settings);
        Assert.True(outcome.Output == expected, $"{outcome.ExitCode}\n{outcome.Output}\n{outcome.Error}");
    }
}
