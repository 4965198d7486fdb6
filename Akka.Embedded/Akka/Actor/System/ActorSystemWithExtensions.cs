using System.Collections.Concurrent;

namespace Akka.Actor;

public static class ActorSystemWithExtensions
{
    private static readonly ConcurrentDictionary<Type, IExtensionId> Ids = new();

    public static T WithExtension<T, TI>(this ActorSystem system)
        where T : class, IExtension
        where TI : IExtensionId => system.WithExtension<T>(typeof(TI));

    public static T WithExtension<T>(this ActorSystem system, Type extensionId)
        where T : class, IExtension =>
        system.TryGetExtension<T>(out var there)
            ? there
            : (T)system.RegisterExtension(Ids.GetOrAdd(extensionId, static type => (IExtensionId)Activator.CreateInstance(type, nonPublic: true)!));

    /// <exception cref="KeyNotFoundException">The system has no such extension.</exception>
    public static T WithExtension<T>(this ActorSystem system)
        where T : class, IExtension =>
        system.TryGetExtension<T>(out var there) ? there : throw new KeyNotFoundException($"No extension {typeof(T)} is registered.");
}
