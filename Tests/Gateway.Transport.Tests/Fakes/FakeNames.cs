using System.Collections.Concurrent;
using Gateway.Protocol;

namespace Gateway.Transport.Tests;

/// <summary>A name service that answers what it was told, when it is let: a question waits for its gate, if it has one.</summary>
internal sealed class FakeNames : INameService
{
    private readonly ConcurrentDictionary<string, ResolveResult> _answers = new();
    private readonly ConcurrentDictionary<string, ManualResetEventSlim> _gates = new();
    private int _asked;

    /// <summary>How many lookups it has begun.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>Tells of every lookup as it begins.</summary>
    public Mailbox<string> Questions { get; } = new();

    public void Answer(string name, IpFamily family, ResolveResult result) => _answers[$"{name}/{family}"] = result;

    /// <summary>Keeps the answer back until the result is set.</summary>
    public ManualResetEventSlim HoldBack(string name, IpFamily family) => _gates.GetOrAdd($"{name}/{family}", _ => new ManualResetEventSlim());

    public ResolveResult Lookup(string name, IpFamily family) => Tell($"{name}/{family}");

    public ResolveResult Reverse(IpEndpoint address) => Tell(address.ToString());

    private ResolveResult Tell(string question)
    {
        Interlocked.Increment(ref _asked);
        Questions.Put(question);
        if (_gates.TryGetValue(question, out var gate))
            gate.Wait(TestLoop.Patience);
        return _answers.GetValueOrDefault(question, ResolveResult.NotFound);
    }
}
