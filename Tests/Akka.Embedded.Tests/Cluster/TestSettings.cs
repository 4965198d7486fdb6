using Akka.Cluster;
using Akka.Configuration;

namespace Akka.Embedded.Tests.Cluster;

/// <summary>The reference settings of the cluster, and some of one's own before them.</summary>
internal static class TestSettings
{
    /// <param name="cluster">The inside of <c>akka.cluster</c>.</param>
    public static Config Config(string cluster) => ConfigurationFactory.ParseString($"akka.cluster {{ {cluster} }}")
        .WithFallback(ConfigurationFactory.FromResource("Akka.Cluster.Configuration.cluster.conf", typeof(ClusterSettings).Assembly));

    /// <inheritdoc cref="Config"/>
    public static ClusterSettings Of(string cluster) => new(Config(cluster), "lab");
}
