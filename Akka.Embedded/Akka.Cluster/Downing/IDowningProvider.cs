using Akka.Actor;

namespace Akka.Cluster;

/// <summary>
/// Decides which unreachable members are down. Made with <c>(ActorSystem, Cluster)</c>; named by <c>akka.cluster.downing-provider-class</c>.
/// </summary>
public interface IDowningProvider
{
    /// <summary>How long to wait between the removal of a downed member and handing its work to others.</summary>
    TimeSpan DownRemovalMargin { get; }

    /// <summary>The actor that decides; null: none.</summary>
    Props DowningActorProps { get; }
}
