using Akka.Streams.Fused;

namespace Akka.Streams.Stages;

/// <summary>Passes everything on until its switch is thrown.</summary>
internal sealed class KillSwitchStage<T>(Island island, Connection<T> inlet, Lever lever) : FlowStage<T, T>(island, inlet)
{
    private IDisposable? _registration;

    public override void PreStart() => _registration = lever.Register(cause => Post(() => End(cause)));

    public override void OnPush(T element) => Out.Push(element);

    public override void PostStop(Exception? abrupt) => _registration?.Dispose();

    private void End(Exception? cause)
    {
        if (cause is null) CompleteStage();
        else FailStage(cause);
    }
}
