using Akka.Configuration;
using Akka.Util;

namespace Akka.Dispatch;

/// <summary><c>type = Dispatcher</c>: one dispatcher per id.</summary>
public sealed class DispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly Dispatcher _dispatcher;

    public DispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) =>
        _dispatcher = new Dispatcher(this, config.String("id"), config.Int("throughput", 1), config.Duration("shutdown-timeout"));

    public override MessageDispatcher Dispatcher() => _dispatcher;
}
