using Akka.Streams.Fused;

namespace Akka.Streams.Stages;

internal sealed class SelectStage<TIn, TOut>(Island island, Connection<TIn> inlet, Func<TIn, TOut> mapper)
    : FlowStage<TIn, TOut>(island, inlet)
{
    public override void OnPush(TIn element) => Out.Push(mapper(element));
}
