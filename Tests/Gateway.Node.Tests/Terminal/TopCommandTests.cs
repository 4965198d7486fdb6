using System.Text;
using Gateway.Node.Tests.Admin;
using Testing;

namespace Gateway.Node.Tests.Terminal;

/// <summary><c>socks64 top</c> on a terminal, which script(1) makes.</summary>
public class TopCommandTests
{
    [ToolFact("script")]
    public async Task Top_draws_takes_keys_and_leaves_the_terminal_as_it_was()
    {
        await using var lab = await AdminLab.StartAsync();
        using var socks = await lab.ConnectAsync();
        using var top = Tool.Start([("SOCKS64_ADMIN", lab.Address.Authority), ("TERM", "xterm")], "script", "-qefc", "stty rows 24 cols 80; socks64 top --every 0.5; echo exit $?", "/dev/null");
        try
        {
            var seen = new StringBuilder();
            await SeesAsync("socks64 top: g1");
            await SeesAsync("handshake");
            await top.StandardInput.WriteAsync("/nobody\r");
            await SeesAsync("filter: nobody");
            await top.StandardInput.WriteAsync("q");
            await SeesAsync("exit 0");
            var all = seen.ToString();
            Assert.Contains("\u001b[?1049h", all);
            Assert.EndsWith("\u001b[?25h", all[..(all.LastIndexOf("\u001b[?1049l", StringComparison.Ordinal))].TrimEnd());

            async Task SeesAsync(string text)
            {
                var octets = new char[4096];
                while (!seen.ToString().Contains(text))
                {
                    var count = await top.StandardOutput.ReadAsync(octets).AsTask().WaitAsync(Eventually.Patience);
                    Assert.True(count > 0, $"it ended before it showed \"{text}\": {seen}");
                    seen.Append(octets.AsSpan(0, count));
                }
            }
        }
        finally
        {
            if (!top.HasExited)
                top.Kill(entireProcessTree: true);
        }
    }
}
