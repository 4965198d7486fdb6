using Akka.Streams.Stages;

namespace Akka.Streams;

/// <summary>The switch of one running stream.</summary>
public sealed class UniqueKillSwitch : IKillSwitch
{
    private readonly Lever _lever;

    internal UniqueKillSwitch(Lever lever) => _lever = lever;

    public void Shutdown() => _lever.Throw(null);

    public void Abort(Exception cause) => _lever.Throw(cause);

    public override string ToString() => "SingleKillSwitch";
}
