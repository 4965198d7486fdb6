using System.Reflection;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Serialization;

namespace Akka.Util;

/// <summary>Turns type names out of settings into instances; never anything that came over a wire.</summary>
internal static class TypeNames
{
    // Type.GetType reads names with code that has to be compiled at run time: a fifth of the start of a local system.
    private static readonly Dictionary<string, Type> Defaults = new()
    {
        [typeof(LocalActorRefProvider).FullName!] = typeof(LocalActorRefProvider),
        ["Akka.Actor.DefaultSupervisorStrategy"] = typeof(DefaultSupervisorStrategy),
        ["Akka.Actor.HashedWheelTimerScheduler"] = typeof(HashedWheelTimerScheduler),
        ["Akka.Event.DefaultLogger, Akka"] = typeof(DefaultLogger),
        ["Akka.Event.DefaultLogMessageFormatter, Akka"] = typeof(DefaultLogMessageFormatter),
        ["Akka.Event.StandardOutLogger"] = typeof(StandardOutLogger),
        ["Akka.Serialization.ByteArraySerializer, Akka"] = typeof(ByteArraySerializer),
        ["System.Byte[]"] = typeof(byte[]),
    };

    /// <summary>The names that stand in <c>akka.conf</c>, and what they mean.</summary>
    public static IReadOnlyDictionary<string, Type> Known => Defaults;

    /// <exception cref="ConfigurationException">There is no such type, it is no <typeparamref name="T"/>, or it cannot be made.</exception>
    public static T Create<T>(string typeName, string setting, params object?[] args)
        where T : class
    {
        var type = Find(typeName, setting);
        if (!typeof(T).IsAssignableFrom(type))
            throw new ConfigurationException($"{setting}: [{typeName}] is no {typeof(T).FullName}.");
        try
        {
            return (T)Activator.CreateInstance(
                type, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, null, args, null)!;
        }
        catch (TargetInvocationException e) when (e.InnerException is ConfigurationException wrong)
        {
            throw new ConfigurationException(wrong.Message, wrong);
        }
        catch (Exception e)
        {
            var cause = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
            throw new ConfigurationException($"{setting}: [{typeName}] could not be made: {cause.Message}", cause);
        }
    }

    public static Type Find(string typeName, string setting)
    {
        if (Defaults.TryGetValue(typeName, out var known))
            return known;
        try
        {
            return Type.GetType(typeName, throwOnError: true)!;
        }
        catch (Exception e)
        {
            throw new ConfigurationException($"{setting}: there is no type [{typeName}]: {e.Message}", e);
        }
    }
}
