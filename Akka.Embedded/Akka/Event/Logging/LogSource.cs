using Akka.Actor;

namespace Akka.Event;

/// <summary>What a log line says it comes from: the path of an actor, the name of a type, or any string.</summary>
public struct LogSource
{
    private LogSource(string source, Type type)
    {
        Source = source;
        Type = type;
    }

    public string Source { get; }
    public Type Type { get; }

    public static LogSource Create(string source, Type t) => new(source, t);

    public static LogSource Create(object o) => o switch
    {
        IActorContext actor => new LogSource(actor.Self.Path.ToString(), SourceType(o)),
        IActorRef actor => new LogSource(actor.Path.ToString(), SourceType(o)),
        string text => new LogSource(text, typeof(DummyClassForStringSources)),
        ActorSystem system => new LogSource($"ActorSystem({system.Name})", SourceType(o)),
        Type type => new LogSource(Logging.SimpleName(type), type),
        _ => new LogSource(Logging.SimpleName(o), o.GetType()),
    };

    public static LogSource Create(object o, ActorSystem system) => o switch
    {
        IActorContext actor => new LogSource(FromActor(actor, system), SourceType(o)),
        IActorRef actor => new LogSource(FromActorRef(actor, system), SourceType(o)),
        string text => new LogSource(FromString(text, system), typeof(DummyClassForStringSources)),
        ActorSystem => Create(o),
        Type type => new LogSource(FromType(type, system), type),
        _ => new LogSource(FromType(o.GetType(), system), o.GetType()),
    };

    public static Type SourceType(object o) => o switch
    {
        Type type => type,
        ActorCell cell => cell.Props.Type,
        string => typeof(DummyClassForStringSources),
        _ => o.GetType(),
    };

    public static string FromType(Type t, ActorSystem system) => $"{Logging.SimpleName(t)} ({system})";
    public static string FromString(string source, ActorSystem system) => $"{source}({system})";
    public static string FromActor(IActorContext actor, ActorSystem system) => FromActorRef(actor.Self, system);

    public static string FromActorRef(IActorRef a, ActorSystem system) =>
        system is ExtendedActorSystem extended ? a.Path.ToStringWithAddress(extended.Provider.DefaultAddress) : a.Path.ToString();
}
