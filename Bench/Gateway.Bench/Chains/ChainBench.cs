using System.Diagnostics;
using Gateway.Protocol;
using SocksLib;

namespace Gateway.Bench;

/// <summary>What setting up a chain costs before the kernel is asked for anything: a channel that answers as the hops would, at once.</summary>
internal sealed class ChainBench : INetwork, IChannel, IPending, IChainHandler, IHopPool
{
    private const int Setups = 100_000, Rounds = 9;

    private static readonly byte[] Answer = [5, 0, .. SocksReply.Success(SocksEndpoint.Unspecified).ToBytes()];

    private readonly Queue<Action> _due = new();
    private readonly IReadOnlyList<HopServer> _candidates;
    private readonly ChainPlan _plan;
    private readonly SocksRequest _request = new(SocksCommand.Connect, RequestFlags.None, new SocksEndpoint(SocksAddress.FromName("example.com"), 443));
    private readonly byte[] _answers;
    private readonly Action _open, _show;
    private IOpenHandler? _opening;
    private int _consumed, _linked;

    private ChainBench(int hops)
    {
        _candidates = [.. Enumerable.Range(1, 8).Select(number => new HopServer
        {
            Name = $"g{number}",
            Address = SocksEndpoint.From(new LiteralEndpoint(IpLiteral.Parse($"2001:db8::{number}"), 1080)),
            TakesOneFlight = true,
        })];
        _plan = new ChainPlan
        {
            Name = "bench",
            Hops = [.. Enumerable.Repeat(this, hops)],
            SetupTimeout = TimeSpan.FromSeconds(15),
            HedgeAfter = TimeSpan.FromMilliseconds(250),
        };
        _answers = [.. Enumerable.Repeat(Answer, hops).SelectMany(answer => answer)];
        (_open, _show) = (() => _opening!.OnOpened(this), () => Handler!.OnReadable(this));
    }

    public static int Run(int hops)
    {
        var bench = new ChainBench(hops);
        var (best, allocated) = (double.MaxValue, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var begun = Stopwatch.GetTimestamp();
            for (var setup = 0; setup < Setups; setup++) bench.SetUp();
            best = Math.Min(best, Stopwatch.GetElapsedTime(begun).TotalNanoseconds / Setups);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Console.WriteLine($"{hops} hops in one flight: {best:F0} ns a setup (best of {Rounds} rounds), {allocated / Setups} octets allocated");
        return bench._linked == Rounds * Setups ? 0 : 1;
    }

    private void SetUp()
    {
        _consumed = 0;
        ChainSetup.Start(this, _plan, _request, this);
        while (_due.TryDequeue(out var due)) due();
    }

    public long Milliseconds => 0;

    public IPending Open(in SocksEndpoint server, FamilyWish over, IOpenHandler handler)
    {
        _opening = handler;
        _due.Enqueue(_open);
        return this;
    }

    public IPending Resolve(string name, FamilyWish over, Action<IReadOnlyList<IpLiteral>> resolved) => throw new NotSupportedException();

    /// <summary>Nothing is ever late here.</summary>
    public IPending Schedule(TimeSpan delay, Action due) => this;

    public void Cancel() { }

    public LiteralEndpoint Local => default;

    public LiteralEndpoint Peer => default;

    public ReadOnlySpan<byte> Unread => _answers.AsSpan(_consumed);

    public IChannelHandler? Handler { get; set; }

    public void Consume(int count) => _consumed += count;

    public bool Send(ReadOnlySpan<byte> octets)
    {
        _due.Enqueue(_show);
        return true;
    }

    public void Abort() { }

    public void OnLinked(ChainSetup setup, ChainLink link) => _linked++;

    public void OnChainFailed(ChainSetup setup, ChainFailure failure) => throw new InvalidOperationException(failure.ToString());

    public IReadOnlyList<HopServer> Candidates(HopServer? from) => _candidates;

    public bool IsFit(HopServer? from, HopServer to) => true;

    public void Report(HopServer? from, HopServer to, LegOutcome outcome, TimeSpan took) { }
}
