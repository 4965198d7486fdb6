using System.Reflection;

namespace Gateway.Actors.Settings;

/// <summary>The implementation of Akka that this process runs on.</summary>
public static class AkkaEngine
{
    /// <summary>The embedded one can ask members for a secret they share; with the packages only TLS protects what members say to each other.</summary>
    public static bool HasSharedSecret { get; } = Assembly.Load("Akka.Remote").GetManifestResourceNames().Any(IsOfEmbedded);

    private static bool IsOfEmbedded(string resource)
    {
        if (!resource.EndsWith(".conf", StringComparison.OrdinalIgnoreCase))
            return false;
        using var reader = new StreamReader(Assembly.Load("Akka.Remote").GetManifestResourceStream(resource)!);
        return Akka.Configuration.ConfigurationFactory.ParseString(reader.ReadToEnd()).HasPath("akka.remote.embedded.secret");
    }
}
