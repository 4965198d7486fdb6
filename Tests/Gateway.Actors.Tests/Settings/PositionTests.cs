namespace Gateway.Actors.Tests.Settings;

/// <summary>Every problem names the file and the line where the user has to look.</summary>
public class PositionTests
{
    [Fact]
    public void A_misspelled_key_is_named_with_file_line_path_and_suggestion()
    {
        const string text = """
            socks64 {
              gateways { lab { address = "192.0.2.1:1080" } }
              chains {
                v6-lab {
                  hops = [
                    {
                      gateways = [lab],
                      pik = random
                    }
                  ]
                }
              }
            }
            """;
        Assert.Equal(["gateway.conf:8: socks64.chains.v6-lab.hops[0].pik: unknown key; did you mean \"pick\"?"], Files.Problems(text));
    }

    [Fact]
    public void All_problems_are_reported_at_once_in_the_order_of_the_text()
    {
        const string text = """
            socks64.timeouts.handshake = soon
            socks64.limits { sessions = -1, sesions-per-client = 5 }
            socks64.max-hops = 1000
            """;
        Assert.Equal(
            [
                "gateway.conf:1: socks64.timeouts.handshake: \"soon\" is not a duration such as 250ms, 10s or 5m",
                "gateway.conf:2: socks64.limits.sessions: \"-1\" is not a whole number from 1 to 2147483647",
                "gateway.conf:2: socks64.limits.sesions-per-client: unknown key; did you mean \"sessions-per-client\"?",
                "gateway.conf:3: socks64.max-hops: \"1000\" is not a whole number from 1 to 64",
            ],
            Files.Problems(text));
    }

    [Theory]
    [InlineData("limits.handshakes", "99999999999", "from 1 to 2147483647")]
    [InlineData("limits.sessions", "2147483648", "from 1 to 2147483647")]
    [InlineData("limits.sessions", "0", "from 1 to 2147483647")]
    [InlineData("limits.sessions", "1.5", "from 1 to 2147483647")]
    public void Number_that_is_not_permitted_is_told_the_range(string key, string value, string range) =>
        Assert.Equal([$"gateway.conf:1: socks64.{key}: \"{value}\" is not a whole number {range}"], Files.Problems($"socks64.{key} = {value}"));

    [Fact]
    public void The_last_of_several_writings_is_the_one_that_counts()
    {
        Assert.Equal(
            ["gateway.conf:2: socks64.max-hops: \"none\" is not a whole number from 1 to 64"],
            Files.Problems("socks64.max-hops = 4\nsocks64 { max-hops = none }"));
    }

    [Fact]
    public void A_value_from_a_substitution_is_found_where_it_is_used()
    {
        Assert.Equal(
            ["gateway.conf:2: socks64.limits.sessions: \"many\" is not a whole number from 1 to 2147483647"],
            Files.Problems("most { sessions = many }\nsocks64.limits = ${most}\n"));
    }

    [Fact]
    public void Items_that_are_appended_are_counted_on()
    {
        const string text = """
            socks64.routes = [{ to = any, user = alice, via = direct }]
            socks64.users.alice.password = "pbkdf2-sha256$1000$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
            socks64.routes += { to = any, via = dierct }
            """;
        Assert.Equal(["gateway.conf:3: socks64.routes[1].via: there is no chain \"dierct\"; did you mean \"direct\"?"], Files.Problems(text));
    }

    [Fact]
    public void A_problem_in_an_included_file_names_that_file()
    {
        Assert.Equal(
            ["conf.d/limits.conf:2: socks64.limits.sesions: unknown key; did you mean \"sessions\"?"],
            Files.Problems(
                "socks64 {\n  limits { include \"conf.d/limits.conf\" }\n}",
                ("conf.d/limits.conf", "# how much\nsesions = 5")));
    }

    [Fact]
    public void Key_beside_ours_that_is_called_like_one_of_ours_is_asked_about()
    {
        const string text = "listeners = []\nlimits { sessions = 5 }\nsocks64.limits = ${limits}";
        Assert.Equal(["gateway.conf:1: listeners: warning: means nothing here; did you mean \"socks64.listeners\"?"], Files.Problems(text));
    }

    [Fact]
    public void Keys_beside_ours_belong_to_the_user_unless_they_look_misspelled()
    {
        Assert.Equal(["gateway.conf:2: sock64: unknown key; did you mean \"socks64\"?"], Files.Problems("lab = 5\nsock64 { }"));
    }

    [Fact]
    public void A_comment_or_a_text_that_looks_like_a_key_moves_nothing()
    {
        const string text = """"
            # socks64.max-hops = 3
            // socks64 { max-hops = 4 }
            socks64.node.name = """max-hops
            = 5"""
            socks64.max-hops = 0
            """";
        Assert.Contains("gateway.conf:5: socks64.max-hops: \"0\" is not a whole number from 1 to 64", Files.Problems(text));
    }
}
