using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>What the engine itself may do with a reference: life cycle, system messages, children.</summary>
public interface IInternalActorRef : IActorRef, IActorRefScope
{
    IInternalActorRef Parent { get; }
    IActorRefProvider Provider { get; }
    bool IsTerminated { get; }

    /// <summary>Walks down the tree; <c>..</c> goes up and an empty element stays. Nobody if there is no such actor.</summary>
    IActorRef GetChild(IReadOnlyList<string> name);

    void Start();
    void Stop();
    void Suspend();
    void Resume(Exception? causedByFailure = null);
    void Restart(Exception cause);
    void SendSystemMessage(ISystemMessage message);
}
