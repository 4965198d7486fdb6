using System.Collections.Concurrent;
using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Actors.Tests.Fakes;

/// <summary>A name service that knows what a test told it.</summary>
internal sealed class FakeNames : INameService
{
    private readonly ConcurrentDictionary<(string, IpFamily), ResolveResult> _addresses = new();
    private readonly ConcurrentDictionary<IpLiteral, ResolveResult> _names = new();
    private readonly ManualResetEventSlim _answers = new(true);
    private int _asked;

    /// <summary>How many questions have come.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public void Add(string name, params string[] addresses)
    {
        foreach (var family in addresses.Select(IpLiteral.Parse).GroupBy(address => address.IsIpv6 ? IpFamily.V6 : IpFamily.V4))
            _addresses[(name, family.Key)] = ResolveResult.Found([.. family.Select(address => IpEndpoint.From(address, 0))]);
    }

    public void AddReverse(string address, string name) => _names[IpLiteral.Parse(address)] = ResolveResult.Found(name);

    /// <summary>From now on no name server answers for <paramref name="name"/>.</summary>
    public void Fail(string name) =>
        _addresses[(name, IpFamily.V4)] = _addresses[(name, IpFamily.V6)] = ResolveResult.Temporary;

    /// <summary>Answers nothing until <see cref="GoOn"/>.</summary>
    public void Wait() => _answers.Reset();

    public void GoOn() => _answers.Set();

    public ResolveResult Lookup(string name, IpFamily family) => Tell(_addresses.GetValueOrDefault((name, family), ResolveResult.NotFound));

    public ResolveResult Reverse(IpEndpoint address) => Tell(_names.GetValueOrDefault(address.Address, ResolveResult.NotFound));

    private ResolveResult Tell(ResolveResult result)
    {
        Interlocked.Increment(ref _asked);
        _answers.Wait(Testing.Eventually.Patience);
        return result;
    }
}
