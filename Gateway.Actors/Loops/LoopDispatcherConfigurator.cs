using Akka.Configuration;
using Akka.Dispatch;

namespace Gateway.Actors.Loops;

/// <summary>Made by Akka for each dispatcher section that <see cref="LoopDispatchers.Configuration"/> writes.</summary>
public sealed class LoopDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly LoopDispatcher _dispatcher;

    /// <exception cref="ConfigurationException">The actor system was made without a <see cref="LoopSetup"/>, or has no such loop.</exception>
    public LoopDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites) : base(config, prerequisites)
    {
        var setup = prerequisites.Settings.Setup.Get<LoopSetup>();
        var index = config.GetInt("loop", -1);
        if (!setup.HasValue || index < 0 || index >= setup.Value.Loops.Count)
            throw new ConfigurationException($"a loop dispatcher asks for loop {index}, which the actor system does not have");
        _dispatcher = new LoopDispatcher(this, setup.Value.Loops[index])
        {
            Throughput = config.GetInt("throughput", LoopDispatchers.Throughput),
        };
    }

    public override MessageDispatcher Dispatcher() => _dispatcher;
}
