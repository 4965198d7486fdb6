namespace Akka.Contract.Tests.Support;

/// <summary>Where an actor waits until the test lets it pass, and where the test can wait for the actor.</summary>
public sealed class Gate
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private readonly ManualResetEventSlim _visited = new();
    private readonly ManualResetEventSlim _open = new();

    public static Gate Opened()
    {
        var gate = new Gate();
        gate.Open();
        return gate;
    }

    public void Open() => _open.Set();

    /// <summary>Called by the actor.</summary>
    public void Pass()
    {
        _visited.Set();
        Assert.True(_open.Wait(Limit), "nobody opened the gate");
    }

    /// <summary>Called by the test: returns once an actor stands at the gate.</summary>
    public void AwaitVisitor() => Assert.True(_visited.Wait(Limit), "nobody came to the gate");
}
