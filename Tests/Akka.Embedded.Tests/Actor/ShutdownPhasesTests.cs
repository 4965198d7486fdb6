using Akka.Actor;
using Akka.Configuration;

namespace Akka.Embedded.Tests.Actor;

public sealed class ShutdownPhasesTests
{
    [Fact]
    public void A_phase_comes_after_those_it_depends_on()
    {
        Assert.Equal(["c", "b", "a", "d"], Order("a { depends-on = [b, c] }, b { depends-on = [c] }, c {}, d {}"));
    }

    [Fact]
    public void A_dependency_that_is_no_phase_is_not_run() => Assert.Equal(["a"], Order("a { depends-on = [nowhere] }"));

    [Fact]
    public void A_circle_is_refused() =>
        Assert.ThrowsAny<Exception>(() => Order("a { depends-on = [b] }, b { depends-on = [a] }"));

    [Fact]
    public void The_phases_of_the_reference_are_in_Akkas_order()
    {
        var config = ConfigurationFactory.Default().GetConfig("akka.coordinated-shutdown")!;
        Assert.Equal(
            [
                CoordinatedShutdown.PhaseBeforeServiceUnbind,
                CoordinatedShutdown.PhaseServiceUnbind,
                CoordinatedShutdown.PhaseServiceRequestsDone,
                CoordinatedShutdown.PhaseServiceStop,
                CoordinatedShutdown.PhaseBeforeClusterShutdown,
                CoordinatedShutdown.PhaseClusterShardingShutdownRegion,
                CoordinatedShutdown.PhaseClusterLeave,
                CoordinatedShutdown.PhaseClusterExiting,
                CoordinatedShutdown.PhaseClusterExitingDone,
                CoordinatedShutdown.PhaseClusterShutdown,
                CoordinatedShutdown.PhaseBeforeActorSystemTerminate,
                CoordinatedShutdown.PhaseActorSystemTerminate,
            ],
            ShutdownPhases.Order(ShutdownPhases.Read(config)));
    }

    private static IReadOnlyList<string> Order(string phases) =>
        ShutdownPhases.Order(ShutdownPhases.Read(ConfigurationFactory.ParseString($"default-phase-timeout = 5s, phases {{ {phases} }}")));
}
