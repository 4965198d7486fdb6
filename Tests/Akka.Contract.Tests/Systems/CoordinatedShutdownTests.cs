using Akka.Actor;
using Akka.Configuration;

namespace Akka.Contract.Tests.Systems;

public sealed class CoordinatedShutdownTests() : ContractTest("""
    akka.coordinated-shutdown {
      run-by-clr-shutdown-hook = off
      exit-clr = off
      phases {
        service-requests-done { timeout = 100ms, recover = on }
        before-cluster-shutdown { timeout = 100ms, recover = off }
      }
    }
    """)
{
    [Fact]
    public async Task Phases_run_in_Akkas_order_and_the_system_ends_last()
    {
        string[] phases =
        [
            CoordinatedShutdown.PhaseBeforeServiceUnbind, CoordinatedShutdown.PhaseServiceUnbind,
            CoordinatedShutdown.PhaseServiceRequestsDone, CoordinatedShutdown.PhaseServiceStop,
            CoordinatedShutdown.PhaseBeforeClusterShutdown, CoordinatedShutdown.PhaseClusterShardingShutdownRegion,
            CoordinatedShutdown.PhaseClusterLeave, CoordinatedShutdown.PhaseClusterExiting,
            CoordinatedShutdown.PhaseClusterExitingDone, CoordinatedShutdown.PhaseClusterShutdown,
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate, CoordinatedShutdown.PhaseActorSystemTerminate,
        ];
        var ran = new List<string>();
        foreach (var phase in phases.Reverse())
            Add(phase, "say", () => ran.Add(phase));
        await Shutdown().Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(Soon);
        Assert.Equal(phases, ran);
        await Sys.WhenTerminated.WaitAsync(Soon);
    }

    [Fact]
    public async Task A_phase_waits_for_its_asynchronous_tasks()
    {
        var gate = new TaskCompletionSource<Done>(TaskCreationOptions.RunContinuationsAsynchronously);
        var later = new TaskCompletionSource();
        Shutdown().AddTask(CoordinatedShutdown.PhaseServiceUnbind, "wait", () => gate.Task);
        Add(CoordinatedShutdown.PhaseServiceStop, "after", later.SetResult);
        var run = Shutdown().Run(CoordinatedShutdown.ClrExitReason.Instance);
        Assert.False(later.Task.IsCompleted);
        gate.SetResult(Done.Instance);
        await run.WaitAsync(Soon);
        Assert.True(later.Task.IsCompleted);
    }

    [Fact]
    public async Task Tasks_run_once_however_often_it_is_run()
    {
        var count = 0;
        Add(CoordinatedShutdown.PhaseServiceUnbind, "count", () => Interlocked.Increment(ref count));
        var first = Shutdown().Run(CoordinatedShutdown.ClrExitReason.Instance);
        var second = Shutdown().Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        await Task.WhenAll(first, second).WaitAsync(Soon);
        Assert.Equal(1, count);
        Assert.IsType<CoordinatedShutdown.ClrExitReason>(Shutdown().ShutdownReason);
    }

    [Fact]
    public async Task A_failed_task_does_not_keep_the_next_phase_from_running_when_the_phase_recovers()
    {
        var later = false;
        Shutdown().AddTask(CoordinatedShutdown.PhaseServiceUnbind, "fail", () => Task.FromException<Done>(new InvalidOperationException("oops")));
        Add(CoordinatedShutdown.PhaseServiceStop, "after", () => later = true);
        await Shutdown().Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(Soon);
        Assert.True(later);
    }

    [Fact]
    public async Task A_phase_that_takes_too_long_is_left_behind_when_it_recovers()
    {
        var later = false;
        Shutdown().AddTask(CoordinatedShutdown.PhaseServiceRequestsDone, "hang", () => new TaskCompletionSource<Done>().Task);
        Add(CoordinatedShutdown.PhaseServiceStop, "after", () => later = true);
        await Shutdown().Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(Soon);
        Assert.True(later);
    }

    [Fact]
    public async Task A_phase_that_does_not_recover_ends_the_run()
    {
        var system = ActorSystem.Create("strict", Sys.Settings.Config);
        var shutdown = CoordinatedShutdown.Get(system);
        var later = false;
        shutdown.AddTask(
            CoordinatedShutdown.PhaseBeforeClusterShutdown, "fail",
            () => Task.FromException<Done>(new InvalidOperationException("oops")));
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterShutdown, "after", () =>
        {
            later = true;
            return Task.FromResult(Done.Instance);
        });
        var run = shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(Soon);
        Assert.Equal("oops", (await Assert.ThrowsAnyAsync<Exception>(() => run)).GetBaseException().Message);
        Assert.False(later);
        ((ExtendedActorSystem)system).Guardian.Stop();
    }

    [Fact]
    public async Task A_run_can_begin_at_a_later_phase()
    {
        var early = false;
        Add(CoordinatedShutdown.PhaseServiceUnbind, "early", () => early = true);
        await Shutdown().Run(CoordinatedShutdown.ClrExitReason.Instance, CoordinatedShutdown.PhaseActorSystemTerminate).WaitAsync(Soon);
        Assert.False(early);
    }

    [Fact]
    public async Task Terminate_runs_it()
    {
        var ran = false;
        Add(CoordinatedShutdown.PhaseServiceStop, "say", () => ran = true);
        await Sys.Terminate().WaitAsync(Soon);
        Assert.True(ran);
        Assert.IsType<CoordinatedShutdown.ActorSystemTerminateReason>(Shutdown().ShutdownReason);
    }

    [Fact]
    public async Task Terminate_leaves_behind_an_actor_that_does_not_stop_within_the_last_phase()
    {
        var hurried = ConfigurationFactory.ParseString("akka.coordinated-shutdown.phases.actor-system-terminate.timeout = 100ms");
        var system = ActorSystem.Create("hurried", hurried.WithFallback(Sys.Settings.Config));
        using var visited = new ManualResetEventSlim();
        using var open = new ManualResetEventSlim();
        try
        {
            system.ActorOf(Scripted.By((_, _) =>
            {
                visited.Set();
                open.Wait();
            })).Tell("stay");
            Assert.True(visited.Wait(Soon));
            await system.Terminate().WaitAsync(Soon);
            Assert.False(system.WhenTerminated.IsCompleted);
        }
        finally
        {
            open.Set();
        }
        await system.WhenTerminated.WaitAsync(Soon);
    }

    [Fact]
    public async Task Terminate_fails_with_a_phase_that_does_not_recover()
    {
        var system = ActorSystem.Create("strict", Sys.Settings.Config);
        CoordinatedShutdown.Get(system).AddTask(
            CoordinatedShutdown.PhaseBeforeClusterShutdown, "fail",
            () => Task.FromException<Done>(new InvalidOperationException("oops")));
        var terminate = system.Terminate().WaitAsync(Soon);
        Assert.Equal("oops", (await Assert.ThrowsAnyAsync<Exception>(() => terminate)).GetBaseException().Message);
        Assert.False(system.WhenTerminated.IsCompleted);
        ((ExtendedActorSystem)system).Guardian.Stop();
        await system.WhenTerminated.WaitAsync(Soon);
    }

    [Fact]
    public void An_unknown_phase_is_refused() =>
        Assert.Throws<ConfigurationException>(() => Add("no such phase", "never", () => { }));

    private CoordinatedShutdown Shutdown() => CoordinatedShutdown.Get(Sys);

    private void Add(string phase, string name, Action action) => Shutdown().AddTask(phase, name, () =>
    {
        action();
        return Task.FromResult(Done.Instance);
    });
}
