using System.Reflection;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Remote;

/// <summary>Makes the failure detectors that the settings name.</summary>
internal static class FailureDetectors
{
    /// <param name="typeName"><c>Namespace.Type, Assembly</c>, with a constructor <c>(Config, EventStream)</c>.</param>
    /// <exception cref="ConfigurationException">There is no such type, or its settings make no sense.</exception>
    public static Func<FailureDetector> Factory(string key, string typeName, Config config, EventStream events)
    {
        var type = Type.GetType(typeName);
        var constructor = type is not null && type.IsAssignableTo(typeof(FailureDetector))
            ? type.GetConstructor([typeof(Config), typeof(EventStream)])
            : null;
        if (constructor is null)
            throw new ConfigurationException($"{key}: [{typeName}] is not a failure detector with a constructor (Config, EventStream)");
        Make();
        return Make;

        FailureDetector Make()
        {
            try
            {
                return (FailureDetector)constructor.Invoke([config, events]);
            }
            catch (TargetInvocationException e)
            {
                throw new ConfigurationException($"{key}: {e.InnerException!.Message}", e.InnerException);
            }
        }
    }
}
