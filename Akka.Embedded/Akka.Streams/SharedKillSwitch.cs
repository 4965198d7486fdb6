using Akka.Streams.Dsl;
using Akka.Streams.Stages;

namespace Akka.Streams;

/// <summary>One switch for any number of streams, also for those that start after it was thrown.</summary>
public sealed class SharedKillSwitch : IKillSwitch
{
    private readonly Lever _lever = new();
    private readonly string _name;

    internal SharedKillSwitch(string name) => _name = name;

    public IGraph<FlowShape<T, T>, SharedKillSwitch> Flow<T>() =>
        new Flow<T, T, SharedKillSwitch>((island, inlet) => (new KillSwitchStage<T>(island, inlet, _lever).Out, this));

    public void Shutdown() => _lever.Throw(null);

    public void Abort(Exception cause) => _lever.Throw(cause);

    public override string ToString() => $"KillSwitch({_name})";
}
