using Akka.Actor;
using Gateway.Actors.Access;
using Gateway.Actors.AddressIds;
using Gateway.Actors.Chains;
using Gateway.Actors.Members;
using Gateway.Actors.Settings;
using Gateway.Actors.Status;
using Gateway.Transport;

namespace Gateway.Actors.Sessions;

/// <summary>What the sessions of one loop work with. Values and objects that are safe to use from that loop; no actor is asked for them.</summary>
internal sealed class SessionServices
{
    public required Loop Loop { get; init; }

    public required GatewaySettings Settings { get; init; }

    public required AccessRules Rules { get; init; }

    public required LoginCheck Logins { get; init; }

    public required GuessThrottle Guesses { get; init; }

    /// <summary>Null when this node belongs to no cluster.</summary>
    public required MemberCheck? Members { get; init; }

    public required InnerLegs InnerLegs { get; init; }

    public required Admission Admission { get; init; }

    public required AddressIdTable AddressIds { get; init; }

    public required AddressIdLookup IdLookup { get; init; }

    /// <summary>Is told of each new ID (<see cref="AddressIdGiven"/>).</summary>
    public required IActorRef IdKeeper { get; init; }

    public required Dialer Dialer { get; init; }

    public required ChainPlanner Chains { get; init; }

    /// <summary>What chains are set up over.</summary>
    public LoopNetwork Network => field ??= new LoopNetwork(Dialer);

    public required ISessionLog Log { get; init; }

    /// <summary>Where sessions tell of themselves.</summary>
    public required LoopStatus Status { get; init; }

    public SessionCounters Counters => Status.Counters;

    public required TimeProvider Time { get; init; }

    public RelayOptions Relaying => field ??= new RelayOptions { IdleTimeout = Settings.Timeouts.TcpIdle };

    /// <summary>Time since the process's own fixed moment, for values that are given their time.</summary>
    public TimeSpan Now => Time.GetElapsedTime(0);
}
