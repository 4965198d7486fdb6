using System.Reflection;

namespace Akka.Contract.Tests.Support;

/// <summary>Which engine these tests were built against.</summary>
public static class Engine
{
    public static bool IsPackages { get; } = typeof(Engine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Any(metadata => metadata is { Key: "AkkaSource", Value: "nuget" });
}
