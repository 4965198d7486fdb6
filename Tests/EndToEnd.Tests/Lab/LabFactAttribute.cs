namespace Socks64Actors.EndToEnd.Tests.Lab;

/// <summary>A test in network namespaces; skipped with its reason without root, namespaces, or one of the named programs.</summary>
public sealed class LabFactAttribute : FactAttribute
{
    public LabFactAttribute(params string[] tools)
    {
        Skip = LabSupport.WhyNot(tools);
    }
}

/// <summary>A theory in network namespaces; skips as <see cref="LabFactAttribute"/> does.</summary>
public sealed class LabTheoryAttribute : TheoryAttribute
{
    public LabTheoryAttribute(params string[] tools)
    {
        Skip = LabSupport.WhyNot(tools);
    }
}

/// <summary>Whether this machine can carry the lab.</summary>
public static class LabSupport
{
    /// <summary>What every lab test needs beside its own tools.</summary>
    private static readonly string[] Always = ["ip", "sysctl", "nginx", "dnsmasq", "openssl"];

    private static readonly Lazy<string?> Namespaces = new(ProbeNamespaces);

    public static string? WhyNot(IEnumerable<string> tools)
    {
        if (Environment.UserName != "root")
            return "needs root for network namespaces";
        return Tools.WhyNot(Always.Concat(tools)) ?? Namespaces.Value;
    }

    private static string? ProbeNamespaces()
    {
        var name = $"s64probe{Environment.ProcessId}";
        var added = Command.Run("ip", ["netns", "add", name]);
        if (added.ExitCode != 0)
            return $"network namespaces cannot be made here: {added.Error.Trim()}";
        Command.Run("ip", ["netns", "del", name]);
        return null;
    }
}
