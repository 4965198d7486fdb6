namespace Akka.Streams.Fused;

/// <summary>One operator of a running stream. Everything in it runs within the island's actor.</summary>
internal abstract class Stage
{
    protected Stage(Island island)
    {
        Island = island;
        island.Add(this);
    }

    protected Island Island { get; }

    public abstract void FailStage(Exception cause);

    public virtual void PreStart()
    {
    }

    /// <param name="abrupt">Why the island stopped before the stream had ended; null if it had.</param>
    public virtual void PostStop(Exception? abrupt)
    {
    }

    /// <summary>Has an action run within the actor; also from other threads.</summary>
    protected void Post(Action action) => Island.Post(() =>
    {
        try
        {
            action();
        }
        catch (Exception cause)
        {
            FailStage(cause);
        }
    });
}
