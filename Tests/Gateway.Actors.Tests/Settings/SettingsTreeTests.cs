namespace Gateway.Actors.Tests.Settings;

/// <summary>What two readings of the settings say differently, as the operator is told.</summary>
public class SettingsTreeTests
{
    [Fact]
    public void The_same_words_in_another_dress_are_no_change() =>
        Assert.Empty(Changes("socks64 { max-hops = 4, limits { sessions = 10 } }", "# a comment\nsocks64.limits.sessions=\"10\"\nsocks64.max-hops: 4"));

    [Fact]
    public void Keys_are_added_changed_and_removed_each_by_itself() =>
        Assert.Equal(
            ["changed socks64.max-hops = 4 to 5", "added socks64.limits.handshakes = 7", "removed socks64.limits.sessions = 10", "added socks64.timeouts.bind = 1m"],
            Changes("socks64 { max-hops = 4, limits { sessions = 10 } }", "socks64 { max-hops = 5, limits { handshakes = 7 }, timeouts { bind = 1m } }"));

    [Fact]
    public void What_has_a_name_is_told_whole() =>
        Assert.Equal(
            ["added socks64.gateways.b = {address = \"192.0.2.2:1080\", username = me}", "removed socks64.gateways.a = {address = \"192.0.2.1:1080\"}"],
            Changes(
                """socks64.gateways.a.address = "192.0.2.1:1080" """,
                """socks64.gateways.b { address = "192.0.2.2:1080", username = me }"""));

    [Fact]
    public void A_route_in_front_of_others_is_one_change()
    {
        const string others = """{ to = "10.0.0.0/8", via = direct }, { to = any, via = reject }""";
        Assert.Equal(
            ["added socks64.routes[0] = {to = www.example, via = direct}"],
            Changes($"socks64.routes = [{others}]", $"socks64.routes = [{{ to = www.example, via = direct }}, {others}]"));
        Assert.Equal(
            ["removed socks64.routes[0] = {to = www.example, via = direct}"],
            Changes($"socks64.routes = [{{ to = www.example, via = direct }}, {others}]", $"socks64.routes = [{others}]"));
    }

    [Fact]
    public void A_route_in_the_place_of_another_is_told_by_its_keys() =>
        Assert.Equal(
            ["changed socks64.routes[1].via = direct to reject", "added socks64.routes[1].ports = [25]"],
            Changes(
                "socks64.routes = [{ to = a.example, via = direct }, { to = b.example, via = direct }, { to = any, via = reject }]",
                "socks64.routes = [{ to = a.example, via = direct }, { to = b.example, via = reject, ports = [25] }, { to = any, via = reject }]"));

    [Fact]
    public void No_secret_is_told()
    {
        const string secret = "s3cret-of-ours";
        var changes = Changes(
            """
            socks64 {
              users { alice { password = "pbkdf2-sha256$1000$s3cret-of-ours$xx" }, gone { password = "s3cret-of-ours" } }
              gateways { a { address = "192.0.2.1:1080", username = me, password = "s3cret-of-ours" } }
              cluster.secret = "s3cret-of-ours-1"
            }
            """,
            """
            socks64 {
              users { alice { password = "pbkdf2-sha256$2000$s3cret-of-ours$xx" }, bob { password = "s3cret-of-ours" } }
              gateways { a { address = "192.0.2.1:1080", username = me, password = "s3cret-of-ours-2" }, b { address = "192.0.2.2:1080", username = me, password = "s3cret-of-ours" } }
              cluster.secret = "s3cret-of-ours-2"
              admin.token = "s3cret-of-ours"
            }
            akka.remote.dot-netty.tcp.ssl.certificate.password = "s3cret-of-ours"
            """);
        Assert.Equal(8, changes.Length);
        Assert.All(changes, change => Assert.DoesNotContain(secret, change, StringComparison.Ordinal));
        Assert.All(changes, change => Assert.Contains("***", change, StringComparison.Ordinal));
    }

    [Fact]
    public void A_change_says_where_it_stands() =>
        Assert.Equal("gateway.conf:2", Files.Load("").Tree.ChangesTo(Files.Load("# one\nsocks64.max-hops = 4").Tree)[0].Where.ToString()![..14]);

    [Fact]
    public void Words_cannot_move_the_cursor() =>
        Assert.Equal(["added socks64.node.name = \"\\u001b[2J\""], Changes("", "socks64.node.name = \"\\u001b[2J\""));

    private static string[] Changes(string before, string after) =>
        [.. Files.Load(before).Tree.ChangesTo(Files.Load(after).Tree).Select(change => change.ToString())];
}
