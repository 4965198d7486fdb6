using System.Collections.Concurrent;
using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;

namespace Akka.Bench;

/// <summary>The gateway's case: actors on a thread of one's own, told from that thread and from others.</summary>
internal static class SpinBench
{
    private const int Messages = 1_000_000;

    public static async Task RunAsync()
    {
        var system = Measure.StartSystem($"spinner {{ type = \"{typeof(SpinConfigurator).AssemblyQualifiedName}\" }}");
        var counter = system.ActorOf(Props.Create(() => new Counter()).WithDispatcher("spinner"));
        await Measure.RunAsync("own thread, told from it", Messages, () => counter.Ask<string>(Messages));
        await system.Terminate();
        SpinConfigurator.Stop();
    }

    private sealed class Counter : UntypedActor
    {
        private int _left;
        private IActorRef _asker = ActorRefs.Nobody;

        protected override void OnReceive(object message)
        {
            if (message is int messages)
            {
                _left = messages;
                _asker = Sender;
                Self.Tell(this, Self);
            }
            else if (--_left == 0)
            {
                _asker.Tell("done");
            }
            else
            {
                Self.Tell(message, Self);
            }
        }
    }

    private sealed class SpinConfigurator : MessageDispatcherConfigurator
    {
        private static readonly CancellationTokenSource Stopped = new();

        private readonly SpinDispatcher _dispatcher;

        public SpinConfigurator(Config config, IDispatcherPrerequisites prerequisites)
            : base(config, prerequisites) => _dispatcher = new SpinDispatcher(this, Stopped.Token);

        public override MessageDispatcher Dispatcher() => _dispatcher;

        public static void Stop() => Stopped.Cancel();
    }

    private sealed class SpinDispatcher : MessageDispatcher
    {
        private readonly ConcurrentQueue<IRunnable> _work = new();

        public SpinDispatcher(MessageDispatcherConfigurator configurator, CancellationToken stop)
            : base(configurator)
        {
            Id = "spinner";
            Throughput = 1;
            ShutdownTimeout = TimeSpan.FromSeconds(1);
            new Thread(() => Spin(stop)) { IsBackground = true }.Start();
        }

        protected override void ExecuteTask(IRunnable run) => _work.Enqueue(run);

        protected override void Shutdown()
        {
        }

        private void Spin(CancellationToken stop)
        {
            var idleSince = Stopwatch.GetTimestamp();
            while (!stop.IsCancellationRequested)
            {
                if (_work.TryDequeue(out var run))
                {
                    run.Run();
                    idleSince = Stopwatch.GetTimestamp();
                }
                else if (Stopwatch.GetElapsedTime(idleSince) > TimeSpan.FromMilliseconds(1))
                {
                    Thread.Yield();
                }
            }
        }
    }
}
