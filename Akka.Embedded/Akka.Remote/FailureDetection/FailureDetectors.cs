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
                // From its second use on a reflected constructor is one of emitted code, which is dear for the usual case.
                return type == typeof(PhiAccrualFailureDetector)
                    ? new PhiAccrualFailureDetector(config, events)
                    : (FailureDetector)constructor.Invoke([config, events]);
            }
            catch (Exception e)
            {
                var cause = (e as TargetInvocationException)?.InnerException ?? e;
                throw new ConfigurationException($"{key}: {cause.Message}", cause);
            }
        }
    }
}
