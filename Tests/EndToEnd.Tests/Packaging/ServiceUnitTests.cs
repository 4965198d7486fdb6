using Socks64Actors.EndToEnd.Tests.Lab;

namespace Socks64Actors.EndToEnd.Tests.Packaging;

/// <summary>packaging/systemd, as systemd reads it.</summary>
public sealed class ServiceUnitTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("socks64-unit-").FullName;

    [ToolFact("systemd-analyze")]
    public void Systemd_finds_nothing_wrong_with_the_unit()
    {
        var verified = Command.Run("systemd-analyze", ["verify", Unit()]).MustSucceed();
        Assert.DoesNotContain("socks64", verified.Output + verified.Error);
    }

    [ToolFact("systemd-analyze")]
    public void The_service_is_exposed_as_little_as_a_runtime_compiler_allows() =>
        Command.Run("systemd-analyze", ["security", "--offline=yes", "--threshold=25", Unit()]).MustSucceed();

    public void Dispose() => Directory.Delete(_folder, true);

    /// <summary>The unit with the gateway that this build made, because systemd looks whether it is there.</summary>
    private string Unit()
    {
        var text = File.ReadAllText(Path.Join(Repository.Root, "packaging/systemd/socks64.service"));
        Assert.Contains("ExecStart=/usr/local/bin/socks64 run", text);
        var unit = Path.Join(_folder, "socks64.service");
        File.WriteAllText(unit, text.Replace("/usr/local/bin/socks64", GatewayBinary.Path));
        return unit;
    }
}
