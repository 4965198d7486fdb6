using System.Reflection;

namespace Socks64Actors.EndToEnd.Tests.Lab;

/// <summary>The gateway that this build made.</summary>
public static class GatewayBinary
{
    public static string Path { get; } = typeof(GatewayBinary).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "GatewayPath").Value!;
}
