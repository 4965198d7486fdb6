using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Gateway.Protocol;
using Socks64Actors.EndToEnd.Tests.Operator;
using Testing;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace Socks64Actors.EndToEnd.Tests.Browser;

/// <summary>Two gateways with five thousand sessions each: some relay, most are still silent, which needs half as many descriptors here.</summary>
public sealed class ManySessionsTests(ITestOutputHelper output)
{
    private const int Relaying = 1000, Silent = 4000;

    private const string Settings =
        """
        socks64 {
          limits { sessions-per-client = 20000, handshakes = 20000 }
          timeouts.handshake = 10m
        }
        """;

    [BrowserFact]
    public async Task Ten_thousand_sessions_come_in_pages_and_are_found_at_once()
    {
        await using var cluster = await LoopbackCluster.StartAsync(["e1", "e2"], _ => Settings);
        using var echo = new EchoServer(IPAddress.Loopback);
        List<SocksTestClient> clients = [];
        try
        {
            foreach (var gateway in (string[])["e1", "e2"])
                for (var i = 0; i < Relaying + Silent; i++)
                {
                    clients.Add(await SocksTestClient.ConnectAsync(cluster.Socks(gateway)));
                    if (i < Relaying)
                        Assert.Equal(ReplyCode.Succeeded, (await clients[^1].AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
                }
            await using var browser = await Chromium.StartAsync();
            await using var page = await browser.OpenAsync(cluster.Door("e1"));
            await Expect(page["#figures"]).ToContainTextAsync("10,000");

            var clock = Stopwatch.StartNew();
            await page.GoAsync("sessions");
            await Expect(page["tbody tr"]).ToHaveCountAsync(100);
            output.WriteLine($"shown after {clock.ElapsedMilliseconds} ms");
            await Expect(page[".foot"]).ToContainTextAsync("10,000 sessions · page 1, 100 shown");
            await page.Button("Next ›").ClickAsync();
            await Expect(page[".foot"]).ToContainTextAsync("page 2, 100 shown");

            // A port may be that of one client at each.
            await page.Field("At gateway").SelectOptionAsync("e1");
            await Expect(page[".foot"]).ToContainTextAsync("5,000 sessions · page 1, 100 shown");
            clock.Restart();
            await page.Field("Text").FillAsync(LiveSessions.AddressOf(clients[Relaying / 2]));
            await Expect(page["tbody tr"]).ToHaveCountAsync(1);
            output.WriteLine($"found after {clock.ElapsedMilliseconds} ms");
            await Expect(page["tbody tr"]).ToContainTextAsync(new Regex("relaying"));
            clock.Restart();
            await page.Field("Text").FillAsync("");
            await page.Field("State").SelectOptionAsync("relaying");
            await Expect(page[".foot"]).ToContainTextAsync("1,000 sessions · page 1, 100 shown");
            output.WriteLine($"filtered after {clock.ElapsedMilliseconds} ms");
            Assert.InRange(await LongestTaskAsync(page), 0, 500);
            page.IsClean();
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    /// <summary>For how long the page did not listen at most while its list is drawn anew, milliseconds; the browser tells of what takes longer than 50.</summary>
    private async Task<double> LongestTaskAsync(WatchedPage page)
    {
        var longest = await page.Page.EvaluateAsync<double>(
            """
            () => new Promise(resolve => {
              const tasks = [0];
              new PerformanceObserver(list => tasks.push(...list.getEntries().map(entry => entry.duration))).observe({ type: "longtask", buffered: true });
              setTimeout(() => resolve(Math.max(...tasks)), 3000);
            })
            """);
        output.WriteLine($"the longest task of the page took {longest:0} ms");
        return longest;
    }
}
