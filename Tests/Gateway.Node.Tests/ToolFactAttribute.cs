namespace Gateway.Node.Tests;

/// <summary>A test that runs programs of the machine, and skips where one is not installed.</summary>
internal sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(params string[] tools)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        if (tools.FirstOrDefault(tool => !folders.Any(folder => File.Exists(Path.Join(folder, tool)))) is { } missing)
            Skip = $"{missing} is not installed";
    }
}
