using Akka.Streams.Fused;

namespace Akka.Streams.Stages;

internal sealed class WhereStage<T>(Island island, Connection<T> inlet, Predicate<T> predicate) : FlowStage<T, T>(island, inlet)
{
    public override void OnPush(T element)
    {
        if (predicate(element)) Out.Push(element);
        else In.Pull();
    }
}
