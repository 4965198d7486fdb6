using System.Collections;

namespace Gateway.Transport;

/// <summary>The loops of a process, one per core.</summary>
public sealed class LoopGroup : IReadOnlyList<Loop>, IDisposable
{
    private readonly Loop[] _loops;

    /// <summary>Makes and starts <paramref name="count"/> loops (0: one per core).</summary>
    public LoopGroup(int count = 0, LoopOptions? options = null)
    {
        _loops = [.. Enumerable.Range(0, count > 0 ? count : Environment.ProcessorCount).Select(index => new Loop(options, index))];
        foreach (var loop in _loops)
            loop.Start();
    }

    public int Count => _loops.Length;

    public Loop this[int index] => _loops[index];

    public IEnumerator<Loop> GetEnumerator() => ((IEnumerable<Loop>)_loops).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Stops all of them and waits for their end.</summary>
    public void Dispose()
    {
        foreach (var loop in _loops)
            loop.Stop();
        foreach (var loop in _loops)
            loop.Dispose();
    }
}
