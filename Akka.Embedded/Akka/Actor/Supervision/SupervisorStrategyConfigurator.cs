using Akka.Util;

namespace Akka.Actor;

/// <summary>The strategy of <c>/user</c>, from <c>akka.actor.guardian-supervisor-strategy</c>.</summary>
public abstract class SupervisorStrategyConfigurator
{
    public abstract SupervisorStrategy Create();

    /// <exception cref="Configuration.ConfigurationException">There is no such type.</exception>
    public static SupervisorStrategyConfigurator CreateConfigurator(string typeName) =>
        TypeNames.Create<SupervisorStrategyConfigurator>(typeName, "akka.actor.guardian-supervisor-strategy");
}
