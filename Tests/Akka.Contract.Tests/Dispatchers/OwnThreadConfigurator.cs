using System.Collections.Concurrent;
using Akka.Configuration;
using Akka.Dispatch;

namespace Akka.Contract.Tests.Dispatchers;

/// <summary>A dispatcher of an application's own: it runs its actors on one thread that the application made.</summary>
public sealed class OwnThreadConfigurator : MessageDispatcherConfigurator
{
    /// <summary>How many configurators were made for a configuration's <c>counter</c>, and how often each was asked.</summary>
    public static readonly ConcurrentDictionary<string, (int Made, int Asked, int Shutdowns)> Counters = new();

    private readonly string _counter;
    private readonly OwnThread _thread = new();

    public OwnThreadConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites)
    {
        _counter = config.GetString("counter", "");
        Count((made, asked, shutdowns) => (made + 1, asked, shutdowns));
    }

    public override MessageDispatcher Dispatcher()
    {
        Count((made, asked, shutdowns) => (made, asked + 1, shutdowns));
        return new OwnThreadDispatcher(
            this, _thread, () => Count((made, asked, shutdowns) => (made, asked, shutdowns + 1)));
    }

    private void Count(Func<int, int, int, (int, int, int)> change) => Counters.AddOrUpdate(
        _counter, _ => change(0, 0, 0), (_, old) => change(old.Made, old.Asked, old.Shutdowns));
}
