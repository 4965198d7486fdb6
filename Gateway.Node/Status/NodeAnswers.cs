using System.Globalization;
using System.Reflection;
using Gateway.Actors;
using Gateway.Actors.Access;
using Gateway.Actors.Settings;
using Gateway.Actors.Status;
using Gateway.Node.Commands;
using Gateway.Node.Status.Json;
using Gateway.Transport;

namespace Gateway.Node.Status;

/// <summary>What this gateway answers its operator, wherever the question was put.</summary>
internal sealed class NodeAnswers(GatewayHost gateway)
{
    private const int MostIds = 500, MostEvents = 200, MostWaitMs = 1500;

    public static string Version { get; } =
        typeof(NodeAnswers).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    public string Name => gateway.Settings.Node.Name;

    public async Task<NodeJson> NodeAsync()
    {
        var counts = await gateway.Status.CountAsync();
        var obstacles = gateway.Obstacles;
        return new(Name, null)
        {
            Version = Version,
            Started = gateway.Status.Started,
            Roles = gateway.Topology.Current.Self.Roles,
            Listeners = [.. gateway.Listening.Select(address => address.ToString())],
            Draining = gateway.Doorkeeper.IsDraining,
            EjectedServers = gateway.Ejected.Names,
            Ready = obstacles.Count == 0,
            Reasons = obstacles,
            Sessions = Enum.GetValues<SessionPhase>().ToDictionary(Names.Of, phase => counts[phase]),
            AddressIds = gateway.Status.AddressIdCount,
            Accepted = counts.Accepted,
            Failures = Enum.GetValues<SessionFailure>().ToDictionary(Names.Of, failure => counts[failure]),
            Sent = counts.OctetsToTarget + counts.UdpToTarget.Octets,
            Received = counts.OctetsToClient + counts.UdpToClient.Octets,
            Setup = [.. counts.DirectSetup.Counts.Select((count, index) => new SetupClassJson(
                index < SetupTimes.Bounds.Length ? SetupTimes.Bounds[index] * 1000 : null, count, counts.ChainSetup.Counts[index]))],
        };
    }

    public async Task<SessionsJson> SessionsAsync(SessionQuery query)
    {
        if (query.Problem is { } problem)
            return new(Name, problem, 0, null, []);
        var page = await gateway.Status.SessionsAsync(query.Filter, query.After ?? 0, query.Page);
        return new(Name, null, page.Matched, page.Next, [.. page.Sessions.Select(SessionJson.Of)]);
    }

    public async Task<FlowsJson> FlowsAsync() => new(Name, null, [.. (await gateway.Status.FlowsAsync()).Legs.Select(FlowJson.Of)]);

    public AddressIdsJson AddressIds()
    {
        var ids = gateway.Status.AddressIds();
        return new(Name, null, ids.Count, [.. ids.Take(MostIds).Select(AddressIdJson.Of)]);
    }

    public ChainsJson Chains() => new(Name, null, [.. gateway.Status.Chains.Select(ChainJson.Of)]);

    public RoutesJson Routes() => new(Name, null, [.. gateway.Settings.Routes.Select(
        (route, number) => new RouteJson(number, Words(route), route.Via, route.Transit))]);

    public ClusterJson Cluster()
    {
        var topology = gateway.Topology.Current;
        var missing = gateway.Settings.Cluster.SeedNodes.Except(topology.Members.Select(member => member.Announced.Incarnation.Address), StringComparer.OrdinalIgnoreCase);
        return new(Name, gateway.IsJoined, [.. topology.Members.Select(MemberJson.Of)], [.. gateway.Status.EjectedLegs.Select(LegJson.Of)], gateway.Ejected.Names, [.. missing]);
    }

    /// <summary>The latest; behind a number those that came next.</summary>
    public async Task<EventsJson> EventsAsync(EventsQuery query)
    {
        var (events, started) = (gateway.Status.Events, gateway.Status.Started);
        var after = query.Life is { } life && life != started.ToUnixTimeMilliseconds() ? 0 : query.After;
        if (query.WaitMs is > 0 and var wait)
            await events.AwaitAsync(after, TimeSpan.FromMilliseconds(Math.Min(wait, MostWaitMs)));
        var kept = events.After(after);
        return new(Name, null, [.. (after == 0 ? kept.TakeLast(MostEvents) : kept.Take(MostEvents / 2)).Select(EventJson.Of)], started);
    }

    public ExplainJson Explain(ExplainQuery query)
    {
        if (!query.TryRead(out var destination, out var client, out var command, out var problem))
            return new(Name, problem, query.Destination, false, null, null, problem, null, [], null);
        var decision = new AccessRules(gateway.Settings).Decide(new Identity(client.Canonical, query.User, query.Listener ?? 0), command, destination);
        var via = decision.IsAllowed ? decision.Route!.Via : null;
        return new(
            Name, null, destination.ToString(), decision.IsAllowed, via, decision.Route?.Number, decision.ToString(),
            decision.IsAllowed ? null : (byte)decision.Refusal,
            [.. ExplainCommand.Details(gateway.Settings, decision, destination, gateway.Topology.Current, gateway.Ejected.Names)],
            gateway.Status.Chains.FirstOrDefault(chain => chain.Name == via) is { } chain ? ChainJson.Of(chain) : null);
    }

    public async Task<ActionJson> CloseAsync(CloseQuery query) => await gateway.Status.CloseAsync(query.Id)
        ? new(Name, null, string.Create(CultureInfo.InvariantCulture, $"session {query.Id} is closed"))
        : new(Name, string.Create(CultureInfo.InvariantCulture, $"there is no session {query.Id}"), null);

    public Task<ActionJson> DrainAsync() => ActAsync(gateway.Doorkeeper.CloseAsync, "takes no new clients");

    public Task<ActionJson> UndrainAsync() => ActAsync(gateway.Doorkeeper.OpenAsync, "takes new clients");

    /// <summary>Only a name that means something: a wrong one would seem to be done.</summary>
    public EjectionJson Eject(ServerQuery query) => !IsServer(query.Server) ? Unknown(query.Server)
        : new(Name, null, gateway.Ejected.Eject(query.Server) ? $"{query.Server} is out of the chains" : $"{query.Server} was out of the chains already", null);

    /// <summary>Also of a server that is no member, or in the settings, any more.</summary>
    public EjectionJson Restore(ServerQuery query) =>
        gateway.Ejected.Restore(query.Server) ? new(Name, null, $"{query.Server} may serve in the chains", null)
        : !IsServer(query.Server) ? Unknown(query.Server)
        : new(Name, null, $"{query.Server} was not ejected", null);

    private IEnumerable<string> Servers => gateway.Topology.Current.Members.Select(member => member.Name).Concat(gateway.Settings.Gateways.Keys);

    private bool IsServer(string name) => Servers.Contains(name);

    private EjectionJson Unknown(string server) =>
        new(Name, $"{server} is neither a member nor one of the gateways of the settings", null, [.. Servers.Distinct().Order(StringComparer.Ordinal)]);

    private async Task<ActionJson> ActAsync(Func<Task> action, string done)
    {
        try
        {
            await action();
            return new(Name, null, done);
        }
        catch (Exception e) when (e is TransportException or InvalidOperationException or TimeoutException)
        {
            return new(Name, e.Message, null);
        }
    }

    private static string Words(RouteSettings route) =>
        string.Concat(
            route.From.Count > 0 ? $"from {string.Join(", ", route.From)} " : "",
            route.Users.Count > 0 ? $"users {string.Join(", ", route.Users)} " : "",
            route.Listeners.Count > 0 ? $"listeners {string.Join(", ", route.Listeners)} " : "",
            $"to {route.To}",
            route.Ports.IsAll ? "" : $" ports {route.Ports}",
            $" via {route.Via}");
}
