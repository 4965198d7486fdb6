using System.Diagnostics;
using System.Text.RegularExpressions;
using Socks64Actors.EndToEnd.Tests.Lab;

namespace Socks64Actors.EndToEnd.Tests.Scripts;

/// <summary><c>scripts/lab.sh</c> as its user runs it.</summary>
public sealed class LabScriptTests
{
    /// <summary>Two gateways that need no other, between a client and a web server of each family.</summary>
    private const string Description =
        """
        lab {
          networks { front = ipv4, far4 = ipv4, far6 = ipv6, control = ipv4 }
          control = control
          nodes {
            g1 { roles = [entry], networks = [front, far4, far6, control], listen = [front] }
            g2 { roles = [entry, spare], networks = [front, far4, far6, control], listen = [front] }
          }
          clients { c4.networks = [front] }
          destinations {
            d4 { networks = [far4], name = "four.lab.test" }
            d6 { networks = [far6], name = "six.lab.test" }
          }
        }
        socks64.routes = [{ to = ["127.0.0.0/8", "::1/128"], via = direct }, { to = any, via = direct }]
        """;

    [LabFact("python3", "curl")]
    public void Nodes_in_namespaces_die_stop_and_lose_each_other_as_told()
    {
        using var lab = new ScriptedLab(Description);

        var said = lab.Up().MustSucceed().Output;
        Assert.Contains($"ip netns exec s64-{lab.Name}-c4 curl --socks5-hostname {Socks(lab, "g1")} http://six.lab.test/", said);
        Assert.Equal("ok\n", lab.Curl(null, $"{Dashboard(said)}healthz").MustSucceed().Output);
        Assert.Equal(("running", "ipv4+ipv6"), (lab.Status("g1", "STATE"), lab.Status("g1", "FAMILIES")));
        Assert.StartsWith("hello from d4 over IPv4", Page(lab, "g1", "four").MustSucceed().Output);
        Assert.StartsWith("hello from d6 over IPv6", Page(lab, "g1", "six").MustSucceed().Output);

        lab.Run("kill", "g1").MustSucceed();
        Assert.Equal("dead", lab.Status("g1", "STATE"));
        Assert.NotEqual(0, Page(lab, "g1", "six").ExitCode);
        Assert.StartsWith("hello from d6", Page(lab, "g2", "six").MustSucceed().Output);
        lab.Run("restart", "g1").MustSucceed();
        Assert.StartsWith("hello from d6", Page(lab, "g1", "six").MustSucceed().Output);

        lab.Run("pause", "g2").MustSucceed();
        Assert.Equal("paused", lab.Status("g2", "STATE"));
        lab.Run("resume", "g2").MustSucceed();
        Assert.StartsWith("hello from d4", Page(lab, "g2", "four").MustSucceed().Output);

        lab.Run("cut", "c4,d4", "g1").MustSucceed();
        Assert.Contains("cut: c4 | g1\n", lab.Run("status").MustSucceed().Output);
        Assert.NotEqual(0, Page(lab, "g1", "six", "--connect-timeout", "2").ExitCode);
        Assert.StartsWith("hello from d6", Page(lab, "g2", "six").MustSucceed().Output);
        lab.Run("heal").MustSucceed();
        Assert.StartsWith("hello from d6", Page(lab, "g1", "six").MustSucceed().Output);

        Assert.Equal(2, lab.Gateways);
        lab.Run("down").MustSucceed();
        Assert.Equal(0, lab.Gateways);
        Assert.Empty(lab.LeftBehind);
    }

    [LabFact("python3", "curl")]
    public void The_lab_of_the_samples_serves_while_one_relay_and_one_exit_live()
    {
        // A cluster needs a moment to form and to hear of who is back, and a busy machine needs several.
        string[] patiently = ["--retry", "60", "--retry-all-errors", "--retry-delay", "1", "--retry-max-time", "120"];
        using var lab = new ScriptedLab(null);
        lab.Up().MustSucceed();

        Assert.StartsWith("hello from d4 over IPv4", Page(lab, "e1", "four", patiently).MustSucceed().Output);
        Assert.StartsWith("hello from d6 over IPv6", Page(lab, "e2", "six", patiently).MustSucceed().Output);
        lab.Run("kill", "r1", "r3", "x2").MustSucceed();
        Assert.StartsWith("hello from d6", Page(lab, "e1", "six", patiently).MustSucceed().Output);
        lab.Run("restart", "r1", "r3", "x2").MustSucceed();
        lab.Run("kill", "r2", "x1").MustSucceed();
        Assert.StartsWith("hello from d4", Page(lab, "e2", "four", patiently).MustSucceed().Output);

        lab.Run("down").MustSucceed();
        Assert.Empty(lab.LeftBehind);
    }

    [ToolFact("ip", "python3", "curl", "setsid")]
    public void Nodes_on_loopback_need_no_root_but_cannot_be_cut()
    {
        using var lab = new ScriptedLab(Description);
        var said = lab.Up("--loopback").MustSucceed().Output;
        Assert.Equal("ok\n", lab.Curl(null, $"{Dashboard(said)}healthz").MustSucceed().Output);
        var web = lab.Status("d6", "SERVES");

        Assert.StartsWith("hello from d6 over IPv6", lab.Curl(null, "--socks5", Socks(lab, "g2"), $"http://{web}/").MustSucceed().Output);
        lab.Run("kill", "g1", "g2").MustSucceed();
        lab.Run("restart", "g2", "g2").MustSucceed();
        Assert.Equal(("dead", 1), (lab.Status("g1", "STATE"), lab.Gateways));
        Assert.Contains("g1 is dead", lab.Run("kill", "g2", "g1").Error);
        Assert.Equal("running", lab.Status("g2", "STATE"));
        Assert.StartsWith("hello from d6 over IPv6", lab.Curl(null, "--socks5", Socks(lab, "g2"), $"http://{web}/").MustSucceed().Output);
        var cut = lab.Run("cut", "g1", "g2");
        Assert.Equal((1, true), (cut.ExitCode, cut.Error.Contains("on loopback addresses, which nothing can cut")));

        lab.Run("down").MustSucceed();
        Assert.Empty(lab.LeftBehind);
    }

    [ToolFact("ip", "python3", "curl", "setsid")]
    public void A_pid_that_somebody_else_has_by_then_is_left_alone()
    {
        using var lab = new ScriptedLab(Description);
        lab.Up("--loopback").MustSucceed();
        using var stranger = Process.Start("sleep", "600");
        try
        {
            lab.Run("kill", "g1").MustSucceed();
            var record = Path.Combine(lab.LeftBehind.Single(), "g1.pid");
            File.WriteAllText(record, $"{stranger.Id} {File.ReadAllText(record).Split(' ')[1]}");

            Assert.Equal("dead", lab.Status("g1", "STATE"));
            Assert.Contains("g1 is dead", lab.Run("kill", "g1").Error);
            lab.Run("down").MustSucceed();
            Assert.False(stranger.HasExited);
        }
        finally
        {
            stranger.Kill();
        }
    }

    [ToolFact("ip", "python3", "setsid")]
    public void An_up_that_fails_leaves_nothing_and_says_why()
    {
        using var lab = new ScriptedLab(Description.Replace("via = direct }]", "via = nowhere }]"));
        var said = lab.Up("--loopback");

        Assert.Equal(1, said.ExitCode);
        Assert.Contains($"{lab.File}:14: socks64.routes[1].via: ", said.Error);
        Assert.Empty(lab.LeftBehind);
        Assert.Contains("is not up", lab.Run("status").Error);
    }

    [ToolFact("ip", "python3", "setsid")]
    public void Everything_that_is_wrong_with_a_description_is_said_at_once()
    {
        using var lab = new ScriptedLab(Description.Replace("far6 = ipv6", "far6 = ipv5").Replace("g1 { roles", "g1 { rolls").Replace("c4.networks = [front]", "c4.networks = [back]").Replace("spare]", "\"spa re\"]"));

        Assert.Equal(
            [
                $"{lab.File}:2: lab.networks.far6: \"ipv5\" is not ipv4 or ipv6",
                $"{lab.File}:5: lab.nodes.g1.rolls[0]: unknown key",
                $"{lab.File}:6: lab.nodes.g2.roles[1]: \"spa re\" is not the name of a role",
                $"{lab.File}:8: c4: there is no network \"back\"",
            ],
            lab.Up("--loopback").Error.Split('\n').Where(line => line.StartsWith(lab.File, StringComparison.Ordinal)));
        Assert.Empty(lab.LeftBehind);
    }

    [LabFact]
    public void A_namespace_of_somebody_else_is_left_alone()
    {
        using var lab = new ScriptedLab(Description);
        var theirs = $"s64-{lab.Name}-d6";
        Command.Run("ip", ["netns", "add", theirs]).MustSucceed();
        try
        {
            Assert.Contains($"the namespace {theirs} exists already", lab.Up().Error);
            Assert.Equal([$"/run/netns/{theirs}"], lab.LeftBehind);
        }
        finally
        {
            Command.Run("ip", ["netns", "del", theirs]);
        }
    }

    [ToolTheory("ip")]
    [InlineData("kill g1", 1, "is not up"), InlineData("status", 1, "is not up"), InlineData("down", 1, "is not up")]
    [InlineData("explode", 64, "unknown command explode"), InlineData("up --fast", 64, "unknown option --fast"), InlineData("up -c /none", 1, "/none cannot be read")]
    public void A_command_that_cannot_be_done_says_why(string command, int code, string why)
    {
        using var lab = new ScriptedLab(Description);
        var said = lab.Run(command.Split(' '));

        Assert.Equal(code, said.ExitCode);
        Assert.Contains(why, said.Error);
    }

    /// <summary>Where this machine finds the first node's dashboard, as <c>up</c> says.</summary>
    private static string Dashboard(string said) => Regex.Match(said, @"^dashboard: (http://\S+/)$", RegexOptions.Multiline).Groups[1].Value;

    private static string Socks(ScriptedLab lab, string node) => lab.Status(node, "SERVES");

    private static CommandResult Page(ScriptedLab lab, string node, string name, params string[] options) =>
        lab.Curl("c4", ["--socks5-hostname", Socks(lab, node), $"http://{name}.lab.test/", .. options]);
}
