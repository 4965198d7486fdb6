using Preload.Tests.Support;

namespace Preload.Tests;

/// <summary><c>socks64 socksify</c> with the library beside it.</summary>
public sealed class SocksifyCommandTests
{
    internal static readonly Lazy<string> Socks64 = new(() =>
    {
        File.Copy(Toolchain.Library, Path.Combine(AppContext.BaseDirectory, "libsocks64.so"), overwrite: true);
        return Path.Combine(AppContext.BaseDirectory, "socks64");
    });

    [NeedsFact("curl")]
    public void It_runs_a_program_through_the_gateway()
    {
        using var gateway = new FakeGateway();
        var outcome = Run(gateway, ["--gateway", gateway.Address, "--direct", "none", "--", "curl", "-sS", "http://web.test/"]);
        Assert.Equal(FakeDestination.Page, outcome.Output);
        Assert.Contains("Connect web.test:80", gateway.Requests);
    }

    [NeedsFact("curl")]
    public void The_gateway_can_be_that_of_a_settings_file_and_is_known_to_be_ours()
    {
        using var gateway = new FakeGateway(expectsFlight: true);
        var settings = Path.GetTempFileName();
        File.WriteAllText(settings, $"socks64 {{ listeners = [ {{ address = \"{gateway.Address}\" }} ] }}");
        var outcome = Run(gateway, ["-c", settings, "--", "curl", "-sS", "http://web.test/"]);
        File.Delete(settings);
        Assert.True(outcome.Output == FakeDestination.Page, outcome.Error);
    }

    [NeedsFact("curl", "python3")]
    public void The_settings_may_name_the_gateway_and_its_login()
    {
        using var gateway = new FakeGateway(login: "alice:s3cret");
        var settings = Settings(gateway.Address, "direct = [none]");
        var script = "import os,subprocess; print([v for v in os.environ.values() if 's3cret' in v], flush=True); subprocess.run(['curl','-sS','http://web.test/'])";
        var outcome = Execution.Run(Socks64.Value, ["socksify", "-c", settings, "--", Executables.Interpreter("python3"), "-c", script], []);
        File.Delete(settings);
        Assert.True(outcome.Output == "[]\n" + FakeDestination.Page, outcome.Error);
    }

    [NeedsFact("curl")]
    public void Another_gateway_is_not_told_the_login_of_the_settings()
    {
        using var gateway = new FakeGateway();
        var settings = Settings("192.0.2.1:1080", "log = off");
        var shown = Run(gateway, ["-c", settings, "-g", gateway.Address, "--", "sh", "-c", "echo $SOCKS64_LOG; echo $SOCKS64_USER; curl -sS http://web.test/"]);
        File.Delete(settings);
        Assert.True(shown.Output == "off\n\n" + FakeDestination.Page, shown.Error);
    }

    [NeedsFact("curl", "python3")]
    public void The_password_is_in_no_environment_and_reaches_children()
    {
        using var gateway = new FakeGateway(login: "alice:s3cret");
        var script = "import os,subprocess; print([v for v in os.environ.values() if 's3cret' in v], flush=True); subprocess.run(['curl','-sS','http://web.test/'])";
        var environment = new Dictionary<string, string> { ["SOCKS64_PASSWORD"] = "s3cret" };
        var outcome = Execution.Run(Socks64.Value,
            ["socksify", "-g", gateway.Address, "-u", "alice", "-d", "none", "--", Executables.Interpreter("python3"), "-c", script], environment);
        Assert.True(outcome.Output == "[]\n" + FakeDestination.Page, outcome.Error);
    }

    [NeedsFact]
    public void The_program_takes_its_place()
    {
        using var gateway = new FakeGateway();
        Assert.Equal(7, Run(gateway, ["-g", gateway.Address, "--", "sh", "-c", "exit 7"]).ExitCode);
        Assert.Equal(128 + 15, Run(gateway, ["-g", gateway.Address, "--", "sh", "-c", "kill $$"]).ExitCode);
        Assert.Equal("no signal ignored", Run(gateway, ["-g", gateway.Address, "--", "sh", "-c", "grep -q '^SigIgn:.0*$' /proc/self/status && printf 'no signal ignored'"]).Output);
    }

    [NeedsFact]
    public void It_says_what_cannot_be_carried()
    {
        using var gateway = new FakeGateway();
        var missing = Run(gateway, ["-g", gateway.Address, "--", "no-such-program"]);
        Assert.Equal(127, missing.ExitCode);
        Assert.Equal("socks64: no-such-program: not found\n", missing.Error);

        var data = Run(gateway, ["-g", gateway.Address, "--", "/etc/passwd"]);
        Assert.Equal(126, data.ExitCode);
        Assert.Equal("socks64: /etc/passwd cannot be carried: it may not be executed\n", data.Error);

        Assert.Equal(64, Run(gateway, ["-g", "no port", "--", "sh"]).ExitCode);
        Assert.Equal(64, Run(gateway, ["-d", "10.0.0.0/33", "--", "sh"]).ExitCode);
        Assert.Equal(64, Run(gateway, ["--log", "loud", "--", "sh"]).ExitCode);
        Assert.Equal(64, Run(gateway, []).ExitCode);
    }

    /// <summary>A settings file whose <c>socksify</c> goes through a gateway with a login.</summary>
    private static string Settings(string address, string more)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, $$"""
            socks64 {
              gateways.lab { address = "{{address}}", username = alice, password = s3cret }
              socksify { gateway = lab, {{more}} }
            }
            """);
        return file;
    }

    private static Outcome Run(FakeGateway gateway, string[] arguments)
    {
        var environment = Execution.Settings(gateway);
        environment.Remove("SOCKS64_GATEWAY");
        return Execution.Run(Socks64.Value, ["socksify", .. arguments], environment);
    }
}
