using Gateway.Node.Tests.Admin;

namespace Gateway.Node.Tests.Completion;

/// <summary>What the shells themselves make of <c>socks64 completion</c>.</summary>
public class ShellTests
{
    [ToolFact("bash")]
    public async Task Bash_completes_commands_options_values_and_the_names_of_gateways()
    {
        await using var lab = await AdminLab.StartAsync();
        const string script = """
            source <(socks64 completion bash)
            try() { COMP_WORDS=(socks64 "$@"); COMP_CWORD=$#; COMP_LINE="socks64 $*"; COMP_POINT=${#COMP_LINE}; _socks64; echo "${COMPREPLY[*]}"; }
            try ev; try events --fo; try sessions --state re; try drain --node ''; try eject g; try check -c ''
            complete -p socks64
            """;
        Assert.Equal(
            """
            events
            --follow
            relaying
            \* g1
            g1

            complete -o default -F _socks64 socks64

            """, await Tool.RunAsync([("SOCKS64_ADMIN", lab.Address.Authority)], "bash", "--norc", "-c", script));
    }

    [ToolFact("fish")]
    public async Task Fish_completes_commands_values_the_names_of_gateways_and_files()
    {
        await using var lab = await AdminLab.StartAsync();
        using var file = new SettingsFile("");
        var script = $$"""
            socks64 completion fish | source
            complete -C "socks64 ev"
            complete -C "socks64 sessions --state re"
            complete -C "socks64 eject g"
            complete -C "socks64 check -c {{file.Name[..^2]}}"
            """;
        var home = Directory.CreateTempSubdirectory("socks64-fish-");
        try
        {
            Assert.Equal(
                $"events\nrelaying\ng1\n{file.Name}\n",
                await Tool.RunAsync([("SOCKS64_ADMIN", lab.Address.Authority), ("HOME", home.FullName), ("TERM", "dumb")], "fish", "--no-config", "-c", script));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    [ToolFact("zsh")]
    public async Task Zsh_completes_at_its_prompt()
    {
        await using var lab = await AdminLab.StartAsync();
        const string script = """
            zmodload zsh/zpty
            zpty shell zsh -f -i
            zpty -w shell "PS1='>'; autoload -Uz compinit; compinit -u -D; source <(socks64 completion zsh); echo re''ady"
            zpty -r -m shell line '*ready*'
            zpty -n -w shell $'socks64 sessions --state rel\t'
            zpty -r -m shell line '*--state relaying*' && echo state
            zpty -n -w shell $'--node g\t'
            zpty -r -m shell line '*--node g1*' && echo node
            zpty -d shell
            """;
        Assert.Equal("state\nnode\n", await Tool.RunAsync([("SOCKS64_ADMIN", lab.Address.Authority), ("TERM", "xterm")], "zsh", "-f", "-c", script));
    }

    [Theory]
    [InlineData("socks64 re", "reload resolve restore")]
    [InlineData("socks64 status -", "--admin --config --help --json --token-file -? -c -h")]
    [InlineData("socks64 completion ", "bash fish zsh")]
    [InlineData("socks64 events --kind server-", "server-ejected server-restored")]
    public async Task Where_no_gateway_answers_what_is_known_is_completed(string line, string expected)
    {
        var (code, output, error) = await Socks64.RunAsync([("SOCKS64_ADMIN", "127.0.0.1:1")], $"[suggest:{line.Length}]", line);
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(expected, string.Join(' ', output.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }
}
