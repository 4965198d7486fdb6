using System.Collections.Concurrent;

namespace Akka.Actor.Internal;

/// <summary>The extensions of a system. Each is made once, by the first who asks; the others wait for it.</summary>
internal sealed class ExtensionRegistry(ExtendedActorSystem system)
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _extensions = new();

    public IEnumerable<object> All => _extensions.Values.Where(extension => extension.IsValueCreated).Select(extension => extension.Value);

    public object Register(IExtensionId id)
    {
        var extension = _extensions.GetOrAdd(
            id.ExtensionType,
            static (_, arg) => new Lazy<object>(() => arg.id.CreateExtension(arg.system)),
            (id, system));
        try
        {
            return extension.Value;
        }
        catch
        {
            _extensions.TryRemove(KeyValuePair.Create(id.ExtensionType, extension));
            throw;
        }
    }

    public object? Find(Type type) => _extensions.TryGetValue(type, out var extension) ? extension.Value : null;
}
