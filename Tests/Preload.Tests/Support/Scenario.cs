namespace Preload.Tests.Support;

/// <summary>Runs a scenario of a test program under the library, against a gateway of its own.</summary>
internal static class Scenario
{
    public static void Passes(string program, string scenario, params (string, string)[] settings)
    {
        using var gateway = new FakeGateway();
        Passes(gateway, program, scenario, settings);
    }

    public static void Passes(FakeGateway gateway, string program, string scenario, params (string, string)[] settings)
    {
        var outcome = Execution.Socksified(gateway, Toolchain.Program(program), [scenario], settings);
        Assert.True(outcome.ExitCode == 0, $"{program} {scenario}: {outcome.ExitCode}\n{outcome.Error}");
        Assert.Equal(scenario, outcome.Output.Trim());
    }
}
