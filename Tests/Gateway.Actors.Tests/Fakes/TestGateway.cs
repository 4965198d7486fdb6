using System.Collections.Concurrent;
using System.Net;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Gateway.Actors.Reloading;
using Gateway.Actors.Sessions;
using Gateway.Actors.Settings;
using Gateway.Actors.Tests.Settings;
using Gateway.Protocol;
using Testing;

namespace Gateway.Actors.Tests.Fakes;

/// <summary>
/// A whole gateway on loopback, with two loops and a name service of its own. At its end nothing may be left of the test: no session, no
/// socket, no actor.
/// </summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private const int Loops = 2;

    private static readonly Config Quiet = ConfigurationFactory.ParseString("akka { loglevel = WARNING, stdout-loglevel = OFF }");

    private readonly GatewayHost _host;
    private readonly SessionRecords _records = new();
    private readonly Reloader _reloader;
    private string _settings = "";
    private int _idleSockets;

    private TestGateway(string settings, TimeProvider? time, Func<GatewaySettings, GatewaySettings>? adjust, string akka)
    {
        var loaded = Load(settings);
        Assert.Empty(loaded.Problems);
        _host = GatewayHost.Start(adjust?.Invoke(loaded.Settings) ?? loaded.Settings, _records, ConfigurationFactory.ParseString(akka).WithFallback(Quiet), Loops, time, Names);
        _reloader = new Reloader(_host, loaded, () => Load(_settings));
        _idleSockets = _host.Listening.Count * Loops;
    }

    public GatewayHost Host => _host;

    public FakeNames Names { get; } = new();

    private int Sockets => _host.Loops.Sum(loop => loop.Sockets);

    /// <summary>Starts one.</summary>
    /// <param name="settings">HOCON under <c>socks64</c>.</param>
    /// <param name="adjust">What cannot be said there.</param>
    /// <param name="akka">HOCON beside <c>socks64</c>.</param>
    public static async Task<TestGateway> StartAsync(
        string settings = "", TimeProvider? time = null, Func<GatewaySettings, GatewaySettings>? adjust = null, string akka = "")
    {
        var gateway = new TestGateway(settings, time, adjust, akka);
        await Eventually.Holds(() => gateway.Sockets == gateway._idleSockets, () => $"{gateway.Sockets} sockets listen");
        return gateway;
    }

    /// <summary>Puts other settings in the place of those that it was started with; its listeners are open.</summary>
    /// <param name="settings">HOCON under <c>socks64</c>, from line 3 of <c>gateway.conf</c> on.</param>
    public async Task<ReloadOutcome> ReloadAsync(string settings)
    {
        _settings = settings;
        var outcome = await _reloader.ReloadAsync();
        if (!_host.Doorkeeper.IsDraining)
            _idleSockets = _host.Listening.Count * Loops;
        return outcome;
    }

    /// <summary>A client that has connected over IPv4 or IPv6 and said nothing.</summary>
    public Task<SocksTestClient> ConnectAsync(IPAddress family) =>
        SocksTestClient.ConnectAsync(_host.Listening.First(door => door.Address.IsIpv6 == IpLiteral.From(family).IsIpv6));

    public Task<SocksTestClient> ConnectAsync() => ConnectAsync(IPAddress.Loopback);

    /// <summary>What is told of the next session that closes.</summary>
    public Task<SessionRecord> NextRecordAsync() => _records.NextAsync();

    /// <summary>Waits until as many sessions live as a test wants.</summary>
    public Task HasSessionsAsync(int count) =>
        Eventually.Holds(() => _host.Sessions == count, () => $"{_host.Sessions} sessions live, {count} are expected");

    /// <summary>Waits until there are as many sockets besides those that listen.</summary>
    public Task HasSocketsAsync(int count) =>
        Eventually.Holds(() => Sockets - _idleSockets == count, () => $"{Sockets - _idleSockets} sockets are open, {count} are expected");

    /// <summary>Waits until some ADDRESS ID has an actor, or none has.</summary>
    public Task HasAddressIdsAsync(bool any) =>
        Eventually.Holds(async () => await LivesAsync("/user/gateway/address-ids/*") == any, () => $"ADDRESS IDs live: {!any}");

    /// <summary>Waits until all listeners are closed and that many other sockets are left, and expects no listener from now on.</summary>
    public Task ListensNoMoreAsync(int others = 0)
    {
        _idleSockets = 0;
        return HasSocketsAsync(others);
    }

    /// <summary>What is told to nobody from here on.</summary>
    public ConcurrentQueue<DeadLetter> CollectDeadLetters()
    {
        var letters = new ConcurrentQueue<DeadLetter>();
        _host.System.EventStream.Subscribe(_host.System.ActorOf(Props.Create(() => new DeadLetterBox(letters))), typeof(DeadLetter));
        return letters;
    }

    public async ValueTask DisposeAsync()
    {
        await HasSessionsAsync(0);
        await HasSocketsAsync(0);
        await Eventually.Holds(async () => !await LivesAsync("/user/gateway/loop-*/*"), () => "an actor lives that no session needs");
        Assert.All(_host.Loops, loop => Assert.Equal(0, loop.Faults));
        await _host.DisposeAsync().AsTask().WaitAsync(Eventually.Patience);
    }

    private static LoadedSettings Load(string settings) => Files.Load($$"""
        socks64.listeners = [{ address = "127.0.0.1:0", auth = [none] }, { address = "[::1]:0", auth = [none] }]
        socks64 {
        {{settings}}
        }
        """);

    private async Task<bool> LivesAsync(string path)
    {
        try
        {
            return await _host.System.ActorSelection(path).Ask<ActorIdentity>(new Identify(path), TimeSpan.FromMilliseconds(30)) is { Subject: not null };
        }
        catch (AskTimeoutException)
        {
            return false;
        }
    }
}
