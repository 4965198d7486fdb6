using Akka.Actor.Internal;
using Akka.Util;

namespace Akka.Actor;

public sealed class CoordinatedShutdownExtension : ExtensionIdProvider<CoordinatedShutdown>
{
    public override CoordinatedShutdown CreateExtension(ExtendedActorSystem system)
    {
        var config = system.Settings.Config.GetConfig("akka.coordinated-shutdown")!;
        var shutdown = new CoordinatedShutdown(system, ShutdownPhases.Read(config));
        var exits = config.Switch("exit-clr");
        shutdown.AddTask(CoordinatedShutdown.PhaseActorSystemTerminate, "terminate-system", () => Terminate(system, exits));
        if (config.Switch("run-by-clr-shutdown-hook"))
            RunWhenProcessExits(system, shutdown);
        return shutdown;
    }

    private static async Task<Done> Terminate(ExtendedActorSystem system, bool exits)
    {
        if (system.Settings.CoordinatedShutdownTerminateActorSystem)
        {
            ((ActorSystemImpl)system).FinalTerminate();
            await system.WhenTerminated.ConfigureAwait(false);
        }

        if (exits)
            Environment.Exit(0);
        return Done.Instance;
    }

    private static void RunWhenProcessExits(ExtendedActorSystem system, CoordinatedShutdown shutdown)
    {
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        system.RegisterOnTermination(() => AppDomain.CurrentDomain.ProcessExit -= OnExit);

        void OnExit(object? sender, EventArgs args)
        {
            if (shutdown.ShutdownReason is null)
                shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance).Wait(shutdown.TotalTimeout);
        }
    }
}
