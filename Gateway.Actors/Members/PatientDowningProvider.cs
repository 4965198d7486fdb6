using Akka.Actor;
using Akka.Cluster;

namespace Gateway.Actors.Members;

/// <summary>Makes a <see cref="PatientDowning"/>, unless the user names another strategy in <c>akka.cluster.downing-provider-class</c>.</summary>
public sealed class PatientDowningProvider(ActorSystem system, Cluster cluster) : IDowningProvider
{
    /// <summary>Where its patience stands in the settings of the member system.</summary>
    internal const string PatienceKey = "socks64-member.give-up-after";

    public TimeSpan DownRemovalMargin => TimeSpan.Zero;

    public Props DowningActorProps
    {
        get
        {
            var patience = system.Settings.Config.GetTimeSpan(PatienceKey);
            return Props.Create(() => new PatientDowning(cluster, patience));
        }
    }
}
