namespace Akka.Actor;

public interface IActorStash
{
    /// <summary>Set by the engine after the constructor.</summary>
    IStash Stash { get; set; }
}
