using Gateway.Actors.Access;
using Gateway.Actors.AddressIds;
using Gateway.Actors.Chains;
using Gateway.Actors.Members;
using Gateway.Actors.Records;
using Gateway.Actors.Reloading;
using Gateway.Actors.Settings;
using Gateway.Actors.Status;
using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Actors.Sessions;

/// <summary>What the sessions of one loop work with. Values and objects that are safe to use from that loop; no actor is asked for them.</summary>
internal sealed record SessionServices
{
    public required Loop Loop { get; init; }

    /// <summary>A session keeps to what is in force when it is accepted.</summary>
    public required SettingsInForce InForce { get; init; }

    public GatewaySettings Settings => InForce.Settings;

    public AccessRules Rules => InForce.Rules;

    public LoginCheck Logins => InForce.Logins;

    public required GuessThrottle Guesses { get; init; }

    /// <summary>Null when this node belongs to no cluster.</summary>
    public required MemberCheck? Members { get; init; }

    public required InnerLegs InnerLegs { get; init; }

    public required OwnDoors OwnDoors { get; init; }

    public required Admission Admission { get; init; }

    public required AddressIdTable AddressIds { get; init; }

    public required AddressIdLookup IdLookup { get; init; }

    public required AddressIdSharing IdSharing { get; init; }

    public required Dialer Dialer { get; init; }

    public ChainPlanner Chains => InForce.Chains;

    /// <summary>Is told of each session that has closed.</summary>
    public required RecordStream Records { get; init; }

    /// <summary>Where sessions tell of themselves.</summary>
    public required LoopStatus Status { get; init; }

    public SessionCounters Counters => Status.Counters;

    public required TimeProvider Time { get; init; }

    public RelayOptions Relaying => InForce.Relaying;

    /// <summary>Time since the process's own fixed moment, for values that are given their time.</summary>
    public TimeSpan Now => Time.GetElapsedTime(0);

    /// <summary>What a client's chains are set up over.</summary>
    public LoopNetwork NetworkFor(IpLiteral client) => new(Dialer, client, OwnDoors);

    /// <summary>The same for the sessions that come under other settings.</summary>
    public SessionServices Under(SettingsInForce next) => this with { InForce = next, Dialer = new Dialer(Loop, Dialer.Resolver, next.Dialing) };
}
