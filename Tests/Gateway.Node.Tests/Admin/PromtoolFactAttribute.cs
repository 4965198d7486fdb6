namespace Gateway.Node.Tests.Admin;

/// <summary>A test that asks Prometheus' own checker, and skips where it is not installed.</summary>
internal sealed class PromtoolFactAttribute : FactAttribute
{
    public PromtoolFactAttribute()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Join(folder, "promtool"))))
            Skip = "promtool is not installed (package prometheus)";
    }
}
