using Akka.Configuration;
using Akka.Util;

namespace Akka.Dispatch;

/// <summary><c>type = PinnedDispatcher</c>: a dispatcher per actor.</summary>
internal sealed class PinnedDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    : MessageDispatcherConfigurator(config, prerequisites)
{
    public override MessageDispatcher Dispatcher() =>
        new PinnedDispatcher(this, Config.String("id"), Config.Int("throughput", 1), Config.Duration("shutdown-timeout"));
}
