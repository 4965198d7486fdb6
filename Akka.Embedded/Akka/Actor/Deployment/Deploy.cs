using Akka.Configuration;

namespace Akka.Actor;

/// <summary>Where and on what an actor runs. From its props, under what <c>akka.actor.deployment</c> says for its path.</summary>
public class Deploy : IEquatable<Deploy>
{
    public const int NoStashSize = -1;

    public static readonly string NoDispatcherGiven = "";
    public static readonly Scope NoScopeGiven = null!;
    public static readonly Deploy Local = new(Scope.Local);
    public static readonly Deploy None = new();

    public Deploy()
        : this("", NoScopeGiven)
    {
    }

    public Deploy(Scope scope)
        : this("", scope)
    {
    }

    public Deploy(string path, Scope scope)
        : this(path, Config.Empty, scope, NoDispatcherGiven, NoStashSize)
    {
    }

    private Deploy(string path, Config config, Scope scope, string dispatcher, int stashCapacity)
    {
        Path = path;
        Config = config;
        Scope = scope;
        Dispatcher = dispatcher;
        StashCapacity = stashCapacity;
    }

    public string Path { get; }
    public Config Config { get; }

    /// <summary>Null if none was given.</summary>
    public Scope Scope { get; }

    /// <summary>Empty if none was given.</summary>
    public string Dispatcher { get; }

    public int StashCapacity { get; }

    public virtual Deploy WithFallback(Deploy other) => new(
        Path,
        Config.WithFallback(other.Config),
        Scope is null ? other.Scope : Scope.WithFallback(other.Scope),
        Dispatcher.Length > 0 ? Dispatcher : other.Dispatcher,
        StashCapacity != NoStashSize ? StashCapacity : other.StashCapacity);

    public virtual Deploy WithScope(Scope scope) => new(Path, Config, scope, Dispatcher, StashCapacity);

    public virtual Deploy WithDispatcher(string dispatcher) => new(Path, Config, Scope, dispatcher, StashCapacity);

    public virtual Deploy WithStashCapacity(int stashSize) => new(Path, Config, Scope, Dispatcher, stashSize);

    internal static Deploy Parsed(string path, Config config, string dispatcher, int stashCapacity) =>
        new(path, config, NoScopeGiven, dispatcher, stashCapacity);

    public bool Equals(Deploy? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Path == other.Path && Dispatcher == other.Dispatcher && StashCapacity == other.StashCapacity && Equals(Scope, other.Scope));

    public override bool Equals(object? obj) => obj is Deploy other && Equals(other);
    public override int GetHashCode() => HashCode.Combine(Path, Dispatcher, StashCapacity);
}
