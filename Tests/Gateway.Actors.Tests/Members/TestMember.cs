using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Akka.Event;
using Gateway.Actors.Chains;
using Gateway.Actors.Members;
using Gateway.Actors.Settings;
using Testing;

namespace Gateway.Actors.Tests.Members;

/// <summary>The member side of a gateway, impatient, on a loopback address of its own.</summary>
internal sealed class TestMember : IAsyncDisposable
{
    public const int Port = 4053;

    private const string Impatient = """
        akka {
          loglevel = OFF, stdout-loglevel = OFF
          remote.retry-gate-closed-for = 300 ms
          cluster {
            gossip-interval = 200 ms, leader-actions-interval = 200 ms, unreachable-nodes-reaper-interval = 200 ms
            periodic-tasks-initial-delay = 200 ms, seed-node-timeout = 2 s, allow-weakly-up-members = 2 s
            failure-detector { heartbeat-interval = 500 ms, acceptable-heartbeat-pause = 4 s, expected-response-after = 1 s }
          }
        }
        """;

    /// <summary>A block of loopback addresses for each test, so that tests beside each other do not meet.</summary>
    private static int s_blocks = Random.Shared.Next(1 << 14);

    private readonly ActorSystem _log = ActorSystem.Create("log", "akka { loglevel = OFF, stdout-loglevel = OFF }");
    private readonly ClusterMembership _membership;

    private TestMember(string name, string host, string[] roles, TestMemberTerms terms)
    {
        var protocol = terms.Certificate is null ? "akka.tcp" : "akka.ssl.tcp";
        var settings = new GatewaySettings
        {
            Node = new() { Name = name, Roles = roles },
            Cluster = new() { SeedNodes = [.. terms.Seeds.Select(seed => AddressOf(seed, protocol))], Secret = terms.Secret },
        };
        Address = AddressOf(host, protocol);
        Identity = new(settings, [], () => Sessions);
        Board = new(Topology.Alone(Identity.Describe(default, null)));
        Legs = new(name);
        var member = new MemberTerms
        {
            Identity = Identity,
            SeedNodes = settings.Cluster.SeedNodes,
            Roster = new(terms.Timing, settings.Cluster.SeedNodes),
            Board = Board,
            Timing = terms.Timing,
            Time = TimeProvider.System,
        };
        var akka = ConfigurationFactory.ParseString($"akka.remote.dot-netty.tcp {{ {terms.Tcp ?? $"hostname = \"{host}\", port = {Port}"}\n{terms.Certificate?.Tcp} }}\n{terms.Akka}")
            .WithFallback(ConfigurationFactory.ParseString(Impatient));
        _membership = new(
            member, MemberSystem.Configure(settings.Cluster, Identity.Roles, terms.Timing, akka),
            [new(LegNewsActor.Name, Props.Create(() => new LegNewsActor(Legs, Board, TimeProvider.System)))],
            Logging.GetLogger(_log, typeof(TestMember)), Task.CompletedTask);
    }

    public static MemberTiming Fast { get; } = new()
    {
        Greeting = TimeSpan.FromMilliseconds(200),
        Silence = TimeSpan.FromSeconds(3),
        Quarantine = TimeSpan.FromSeconds(2),
        Knock = TimeSpan.FromMilliseconds(400),
        Merge = TimeSpan.FromSeconds(3),
        Join = TimeSpan.FromSeconds(3),
    };

    public string Address { get; }

    public MemberIdentity Identity { get; }

    public TopologyBoard Board { get; }

    public LegHealth Legs { get; }

    public int Sessions { get; set; }

    public ClusterMembership Membership => _membership;

    /// <summary>The members that this one's actor system counts as up.</summary>
    public IEnumerable<Address> Up => _membership.Life is { } life
        ? Cluster.Get(life).State.Members.Where(member => member.Status == MemberStatus.Up).Select(member => member.Address)
        : [];

    /// <summary>Some loopback addresses that no other test uses.</summary>
    public static string[] Hosts(int count)
    {
        var block = Interlocked.Increment(ref s_blocks) % (1 << 14);
        return [.. Enumerable.Range(1, count).Select(host => $"127.{64 + block / 256}.{block % 256}.{host}")];
    }

    public static string AddressOf(string host, string protocol = "akka.tcp") => $"{protocol}://{MemberSystem.Name}@{host}:{Port}";

    public static TestMember Start(string name, string host, TestMemberTerms terms, params string[] roles) => new(name, host, roles, terms);

    /// <summary>What this member sees of the others: name, and <c>?</c> behind who is not reachable.</summary>
    public string Sees => string.Join(' ', Board.Current.Others.Select(member => member.Name + (member.IsReachable ? "" : "?")));

    /// <summary>Waits until each of <paramref name="members"/> sees all others of them and nobody else, all reachable.</summary>
    public static Task SeeEachOther(params TestMember[] members) => Eventually.Holds(
        () => members.All(member => member.Sees == string.Join(' ', members.Where(other => other != member).Select(other => other.Identity.Name).Order(StringComparer.Ordinal))),
        () => string.Join("; ", members.Select(member => $"{member.Identity.Name} sees [{member.Sees}]")));

    /// <summary>Waits until the actor systems of <paramref name="members"/> are one cluster and nothing else is in it.</summary>
    public static Task AreOneCluster(params TestMember[] members)
    {
        var all = members.Select(member => member.Address).Order(StringComparer.Ordinal).ToList();
        return Eventually.Holds(
            () => members.All(member => member.Up.Select(address => address.ToString()).Order(StringComparer.Ordinal).SequenceEqual(all)),
            () => string.Join("; ", members.Select(member => $"{member.Identity.Name}: [{string.Join(' ', member.Up)}]")));
    }

    /// <summary>Ends the present life of the member system without a word to the others; the next one follows.</summary>
    public async Task BreakAsync()
    {
        var life = _membership.Life!;
        ((ExtendedActorSystem)life).Guardian.Stop();
        await life.WhenTerminated.WaitAsync(Eventually.Patience);
    }

    /// <summary>As a process that is killed: no word to anybody, and nothing follows.</summary>
    public async Task KillAsync()
    {
        _membership.Abandon();
        await BreakAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _membership.LeaveAsync();
        await _log.Terminate();
    }
}
