using Akka.Actor;

namespace Akka.Contract.Tests.Systems;

public sealed class ExtensionTests : ContractTest
{
    [Fact]
    public void An_extension_is_made_once_for_each_system()
    {
        var first = new CounterExtension().Apply(Sys);
        var second = new CounterExtension().Apply(Sys);
        Assert.Same(first, second);
        Assert.Same(first, Sys.WithExtension<Counter, CounterExtension>());
        Assert.Equal("test", first.SystemName);
    }

    [Fact]
    public void An_extension_is_there_once_it_is_registered()
    {
        Assert.False(Sys.HasExtension<Counter>());
        Sys.RegisterExtension(new CounterExtension());
        Assert.True(Sys.HasExtension<Counter>());
        Assert.IsType<Counter>(Sys.GetExtension<Counter>());
    }

    [Fact]
    public async Task Only_one_is_made_when_many_ask_at_once()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => new CounterExtension().Apply(Sys))));
        Assert.Single(made.Distinct());
    }

    private sealed class Counter(string systemName) : IExtension
    {
        public string SystemName => systemName;
    }

    private sealed class CounterExtension : ExtensionIdProvider<Counter>
    {
        public override Counter CreateExtension(ExtendedActorSystem system) => new(system.Name);
    }
}
