using System.Collections.Concurrent;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Dispatch;

/// <summary>The dispatchers of a system, by id. An id is the path of its settings.</summary>
public sealed class Dispatchers
{
    public const string DefaultDispatcherId = "akka.actor.default-dispatcher";

    private readonly ConcurrentDictionary<string, MessageDispatcherConfigurator> _configurators = new();
    private readonly Config _config;
    private readonly Lock _creating = new();

    internal Dispatchers(Config config, IDispatcherPrerequisites prerequisites)
    {
        _config = config;
        Prerequisites = prerequisites;
        DefaultDispatcherConfig = config.GetConfig(DefaultDispatcherId)!;
        DefaultGlobalDispatcher = Lookup(DefaultDispatcherId);
    }

    public IDispatcherPrerequisites Prerequisites { get; }
    public Config DefaultDispatcherConfig { get; }
    public MessageDispatcher DefaultGlobalDispatcher { get; }

    public bool HasDispatcher(string id) => _configurators.ContainsKey(id) || _config.HasPath(id);

    /// <exception cref="ConfigurationException">There is no such dispatcher, or its settings are wrong.</exception>
    public MessageDispatcher Lookup(string dispatcherName) =>
        (_configurators.TryGetValue(dispatcherName, out var known) ? known : Configurator(dispatcherName)).Dispatcher();

    /// <summary>False if the id is taken.</summary>
    public bool RegisterConfigurator(string id, MessageDispatcherConfigurator configurator) => _configurators.TryAdd(id, configurator);

    private MessageDispatcherConfigurator Configurator(string id)
    {
        lock (_creating)
        {
            if (!_configurators.TryGetValue(id, out var configurator))
                _configurators[id] = configurator = Create(id);
            return configurator;
        }
    }

    private MessageDispatcherConfigurator Create(string id)
    {
        if (!_config.HasPath(id))
            throw new ConfigurationException($"Dispatcher [{id}] is not configured.");
        if (_config.IsText(id))
            return Configurator(_config.String(id));

        var config = ConfigurationFactory.ParseString($"id = \"{id}\"").WithFallback(_config.GetConfig(id));
        if (id != DefaultDispatcherId)
            config = config.WithFallback(DefaultDispatcherConfig);
        return config.String("type") switch
        {
            "Dispatcher" or "TaskDispatcher" => new DispatcherConfigurator(config, Prerequisites),
            "PinnedDispatcher" => new PinnedDispatcherConfigurator(config, Prerequisites),
            var type => TypeNames.Create<MessageDispatcherConfigurator>(type, $"{id}.type", config, Prerequisites),
        };
    }
}
