namespace Preload.Tests.Support;

/// <summary>Builds the library and the test programs, once for a test run, in a folder that goes with it.</summary>
internal static class Toolchain
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("socks64-preload-").FullName;
    private static readonly Lazy<string> Built = new(BuildLibrary);
    private static readonly Lock Gate = new();

    static Toolchain() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Folder, recursive: true);

    public static string Library => Built.Value;

    public static string Root { get; } = FindRoot();

    /// <summary>A test program to be run under the library.</summary>
    public static string Program(string name) => Build(name, ["-O1"], [Source(name)]);

    /// <summary>The library and a test program in one executable, with sanitizers of the compiler: "address,undefined" or "thread".</summary>
    public static string Sanitized(string name, string sanitizers)
    {
        string[] options = ["-O1", $"-fsanitize={sanitizers}", "-fno-sanitize-recover=undefined", "-Wno-tsan", "-fno-strict-aliasing", "-fexceptions"];
        var sources = Directory.GetFiles(Path.Combine(Root, "SocksLib/preload"), "*.c");
        var library = Build($"library-{sanitizers}.o", [.. options, "-fvisibility=hidden", "-r", "-nostdlib"], sources);
        return Build($"{name}-{sanitizers}", [.. options, "-rdynamic"], [Source(name), library]);
    }

    private static string Source(string name) => Path.Combine(AppContext.BaseDirectory, "programs", name + ".c");

    private static string Build(string output, string[] options, string[] inputs)
    {
        string[] common = ["-std=gnu11", "-D_GNU_SOURCE", "-g", "-Wall", "-Wextra", "-Werror", "-pthread"];
        var file = Path.Combine(Folder, output);
        lock (Gate)
        {
            if (File.Exists(file))
                return file;
            var result = Execution.Run("cc", [.. common, .. options, "-o", file, .. inputs], []);
            Assert.True(result.ExitCode == 0, result.Error);
        }
        return file;
    }

    private static string BuildLibrary()
    {
        var result = Execution.Run(Path.Combine(Root, "scripts/build-preload.sh"), [], new() { ["OUT"] = Folder });
        Assert.True(result.ExitCode == 0, result.Error);
        return Path.Combine(Folder, "libsocks64.so");
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Socks64Actors.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Socks64Actors.sln");
        return folder;
    }
}
