using System.Text;

namespace Gateway.Node.Socksifying;

/// <summary>A program that shall run under the library: where it is, and whether that can work.</summary>
internal static class ProgramFile
{
    /// <summary>As a shell finds it; null when there is none. One that may not be executed is found too, if nothing better is.</summary>
    public static string? Find(string command)
    {
        if (command.Contains('/'))
            return File.Exists(command) ? Path.GetFullPath(command) : null;
        var files = (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, command))
            .Where(File.Exists)
            .ToArray();
        return files.FirstOrDefault(Native.IsExecutable) ?? files.FirstOrDefault();
    }

    /// <summary>Why the program cannot be carried; null when it can.</summary>
    public static string? Obstacle(string path)
    {
        if (!Native.IsExecutable(path))
            return "it may not be executed";
        if (Native.RaisesPrivileges(path))
            return "it is set-user-id, set-group-id or has file capabilities: the dynamic loader ignores preloaded libraries then";
        using var file = File.OpenRead(path);
        if (Interpreter(file) is { } script)
            return Find(script) is not { } interpreter ? $"its interpreter {script} was not found"
                : Obstacle(interpreter) is { } reason ? $"its interpreter {interpreter}: {reason}"
                : null;
        file.Position = 0;
        return ElfFile.Read(file) switch
        {
            null => "it is neither an ELF executable nor a script with an interpreter",
            { IsGo: true } => "it is a Go program: it makes its system calls itself, where no library can stand between",
            { Interpreter: null } => "it is statically linked: there is no dynamic loader that could load a library into it",
            { Is64Bit: false } => "it is a 32-bit program, and the library has 64 bits",
            { Machine: var machine } when machine != ElfFile.OwnMachine => "it is for another processor",
            { Interpreter: var loader } when loader.Contains("musl") => "it uses musl, and the library is for the GNU C library",
            _ => null,
        };
    }

    /// <summary>The first word behind <c>#!</c>.</summary>
    private static string? Interpreter(Stream file)
    {
        var start = new byte[256];
        var count = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (!start.AsSpan(0, count).StartsWith("#!"u8))
            return null;
        var line = Encoding.UTF8.GetString(start, 2, count - 2).Split('\n')[0];
        return line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries) is [var word, ..] ? word : "";
    }
}
