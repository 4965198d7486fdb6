namespace Akka.Contract.Tests.Streams;

/// <summary>A slow consumer in the test's hand: each element waits until it is let through.</summary>
internal sealed class Gate<T>
{
    private readonly SemaphoreSlim _permits = new(0);
    private readonly SemaphoreSlim _arrived = new(0);

    public List<T> Passed { get; } = [];

    public async Task Enter(T element)
    {
        _arrived.Release();
        await _permits.WaitAsync();
        lock (Passed) Passed.Add(element);
    }

    /// <summary>Waits until one more element stands at the gate.</summary>
    public async Task Arrival() => Assert.True(await _arrived.WaitAsync(TimeSpan.FromSeconds(30)));

    public void Let(int elements) => _permits.Release(elements);
}
