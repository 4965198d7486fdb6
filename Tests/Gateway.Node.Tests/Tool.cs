using System.Diagnostics;

namespace Gateway.Node.Tests;

/// <summary>A program of the machine, which finds <c>socks64</c> on its path.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Process Start((string Name, string Value)[] environment, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{AppContext.BaseDirectory}:{Environment.GetEnvironmentVariable("PATH")}";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs to the end; what it wrote to standard output.</summary>
    public static async Task<string> RunAsync((string Name, string Value)[] environment, string program, params string[] arguments)
    {
        using var process = Start(environment, program, arguments);
        process.StandardInput.Close();
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
            await process.WaitForExitAsync().WaitAsync(Patience);
            return output;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
