using Akka.Streams.Dsl;
using Akka.Streams.Stages;

namespace Akka.Streams;

public static class KillSwitches
{
    /// <summary>A switch that may stand in any number of streams.</summary>
    public static SharedKillSwitch Shared(string name) => new(name);

    /// <summary>A switch of its own for each time the stream is run.</summary>
    public static IGraph<FlowShape<T, T>, UniqueKillSwitch> Single<T>() => new Flow<T, T, UniqueKillSwitch>((island, inlet) =>
    {
        var lever = new Lever();
        return (new KillSwitchStage<T>(island, inlet, lever).Out, new UniqueKillSwitch(lever));
    });
}
