using System.Collections.Concurrent;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Serialization;

/// <summary>
/// The serializers of a system, by type of message and by identifier on the wire. No type is ever looked up by a name that came over the
/// wire: what is read is decided by the serializer's own manifests.
/// </summary>
public class Serialization
{
    [ThreadStatic]
    private static Information? _current;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Serializer> _byName = [];
    private readonly Dictionary<Type, Serializer> _bindings = [];
    private volatile Dictionary<int, Serializer> _byId = [];
    private volatile ConcurrentDictionary<Type, Serializer> _byType = new();

    internal Serialization(ExtendedActorSystem system)
    {
        System = system;
        var config = system.Settings.Config;
        foreach (var (name, type) in config.GetConfig("akka.actor.serializers")?.AsEnumerable() ?? [])
            AddSerializer(name, Create(type.GetString()!, $"akka.actor.serializers.{name}"));
        foreach (var (type, name) in config.GetConfig("akka.actor.serialization-bindings")?.AsEnumerable() ?? [])
            Bind(type, name.GetString()!);
        if (system.Settings.Setup.Get<SerializationSetup>() is { HasValue: true } setup)
        {
            foreach (var details in setup.Value.CreateSerializers(system))
            {
                AddSerializer(details.Alias, details.Serializer);
                foreach (var type in details.UseFor)
                    AddSerializationMap(type, details.Serializer);
            }
        }
    }

    public ExtendedActorSystem System { get; }

    public void AddSerializer(string name, Serializer serializer)
    {
        lock (_gate)
        {
            var id = serializer.Identifier;
            if (_byId.TryGetValue(id, out var earlier) && earlier.GetType() != serializer.GetType())
                throw new ConfigurationException($"Serializers {earlier.GetType()} and {serializer.GetType()} have the same identifier {id}.");
            _byName[name] = serializer;
            _byId = new Dictionary<int, Serializer>(_byId) { [id] = serializer };
        }
    }

    public void AddSerializationMap(Type type, Serializer serializer)
    {
        lock (_gate)
        {
            _bindings[type] = serializer;
            _byType = new();
        }
    }

    /// <exception cref="SerializationException">No serializer is bound to the type.</exception>
    public Serializer FindSerializerFor(object obj, string? defaultSerializerName = null) =>
        FindSerializerForType(obj is null ? typeof(void) : obj.GetType(), defaultSerializerName);

    /// <summary>The serializer of the closest bound base type or interface.</summary>
    /// <exception cref="SerializationException">No serializer is bound to the type.</exception>
    public Serializer FindSerializerForType(Type objectType, string? defaultSerializerName = null)
    {
        if (_byType.TryGetValue(objectType, out var known))
            return known;
        lock (_gate)
        {
            var bound = _bindings.Keys.Where(type => type.IsAssignableFrom(objectType)).ToArray();
            var closest = bound.FirstOrDefault(type => bound.All(other => other == type || !type.IsAssignableFrom(other)));
            if (closest is not null)
                return _byType[objectType] = _bindings[closest];
            return defaultSerializerName is not null && _byName.TryGetValue(defaultSerializerName, out var fallback)
                ? fallback
                : throw new SerializationException($"No serializer is bound to type [{objectType}]. Bind one in akka.actor.serialization-bindings.");
        }
    }

    public byte[] Serialize(object o) => WithTransport(System, (Self: this, o), static state => state.Self.FindSerializerFor(state.o).ToBinary(state.o));

    /// <exception cref="SerializationException">The identifier or the manifest is unknown, or the octets are malformed.</exception>
    public object Deserialize(byte[] bytes, int serializerId, string manifest)
    {
        var serializer = SerializerById(serializerId);
        return WithTransport(System, (serializer, bytes, manifest), static state => state.serializer is SerializerWithStringManifest named
            ? named.FromBinary(state.bytes, state.manifest)
            : state.serializer.FromBinary(state.bytes, null!));
    }

    public object Deserialize(byte[] bytes, int serializerId, Type type)
    {
        var serializer = SerializerById(serializerId);
        return WithTransport(System, (serializer, bytes, type), static state => state.serializer.FromBinary(state.bytes, state.type));
    }

    public IActorRef DeserializeActorRef(string path) => System.Provider.ResolveActorRef(path);

    /// <summary>The manifest to put beside the octets; empty if the serializer wants none.</summary>
    public static string ManifestFor(Serializer s, object msg) => s is SerializerWithStringManifest named ? named.Manifest(msg) : "";

    /// <summary>The path of a reference as the one being written for must use it.</summary>
    public static string SerializedActorPath(IActorRef actorRef)
    {
        if (actorRef is null || actorRef.Equals(ActorRefs.Nobody))
            return "";
        var path = actorRef.Path;
        var own = (actorRef as IInternalActorRef)?.Provider is { } provider ? provider.DefaultAddress : null;
        if (_current is { } information)
            return path.ToSerializationFormatWithAddress(information.Address);
        return own is null ? path.ToSerializationFormat() : path.ToSerializationFormatWithAddress(own);
    }

    /// <exception cref="InvalidOperationException">Nothing is being serialized on this thread.</exception>
    public static Information GetCurrentTransportInformation() => _current
        ?? throw new InvalidOperationException("CurrentTransportInformation is not set. Use Serialization.WithTransport<T>.");

    public static T WithTransport<T>(ExtendedActorSystem system, Func<T> action) =>
        WithTransport(system, action, static run => run());

    /// <summary>Runs <paramref name="action"/> with the address that other nodes know us by.</summary>
    public static T WithTransport<TState, T>(ExtendedActorSystem system, TState state, Func<TState, T> action) =>
        WithTransport(system.Provider.SerializationInformation, state, action);

    internal static T WithTransport<TState, T>(Information information, TState state, Func<TState, T> action)
    {
        var outer = _current;
        _current ??= information;
        try
        {
            return action(state);
        }
        finally
        {
            _current = outer;
        }
    }

    private Serializer SerializerById(int id) => _byId.TryGetValue(id, out var serializer)
        ? serializer
        : throw new SerializationException($"Cannot find serializer with id [{id}]. The most probable reason is that the configuration entry 'akka.actor.serializers' is not in sync between the two systems.");

    private Serializer Create(string type, string setting)
    {
        var found = TypeNames.Find(type, setting);
        return found.GetConstructor([typeof(ExtendedActorSystem), typeof(Config)]) is not null
            ? TypeNames.Create<Serializer>(type, setting, System, System.Settings.Config)
            : TypeNames.Create<Serializer>(type, setting, System);
    }

    private void Bind(string typeName, string serializer)
    {
        var type = TypeNames.Find(typeName, "akka.actor.serialization-bindings");
        AddSerializationMap(type, _byName.TryGetValue(serializer, out var known)
            ? known
            : throw new ConfigurationException($"akka.actor.serialization-bindings: [{typeName}] is bound to [{serializer}], which is not in akka.actor.serializers."));
    }
}
