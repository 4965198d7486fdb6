using System.Reflection;

namespace Socks64Actors.EndToEnd.Tests.Lab;

/// <summary>Where the sources are, for scripts and settings that tests run as they are.</summary>
public static class Repository
{
    public static string Root { get; } = Path.GetFullPath(typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Repository").Value!);
}
