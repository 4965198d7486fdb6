namespace Preload.Tests.Support;

/// <summary>A test that needs programs of the machine; without one of them it is skipped, and says which.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsFactAttribute : FactAttribute
{
    public NeedsFactAttribute(params string[] programs) => Skip = Needs.Missing(programs);
}

/// <summary>The same for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsTheoryAttribute : TheoryAttribute
{
    public NeedsTheoryAttribute(params string[] programs) => Skip = Needs.Missing(programs);
}

internal static class Needs
{
    /// <summary>"root" stands for the right to make network namespaces. Every test needs a C compiler.</summary>
    public static string? Missing(string[] programs)
    {
        if (!OperatingSystem.IsLinux())
            return "the library is for Linux";
        foreach (var program in programs.Prepend("cc"))
        {
            if (program == "root" && Environment.IsPrivilegedProcess)
                continue;
            if (program == "root")
                return "needs root, for network namespaces";
            if (Executables.Find(program) is null)
                return $"{program} is not installed";
        }
        return null;
    }
}
