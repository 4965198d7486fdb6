namespace Gateway.Node.Tests;

/// <summary>A test that runs a program of the machine, and skips where it is not installed.</summary>
internal sealed class ToolFactAttribute : FactAttribute
{
    /// <param name="package">Debian's, where it has another name.</param>
    public ToolFactAttribute(string tool, string? package = null)
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Join(folder, tool))))
            Skip = $"{tool} is not installed (package {package ?? tool})";
    }
}
