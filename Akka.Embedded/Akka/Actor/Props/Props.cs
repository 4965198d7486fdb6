using System.Linq.Expressions;

namespace Akka.Actor;

/// <summary>How to make an actor: immutable, to be shared and used many times.</summary>
public class Props : IEquatable<Props>
{
    /// <summary>Makes nothing.</summary>
    public static readonly Props None = new TerminatedProps();

    private IIndirectActorProducer _producer;

    protected Props()
        : this(new ActivatorProducer(typeof(ActorBase), []), Deploy.Local, null)
    {
    }

    protected Props(Props copy)
    {
        _producer = copy._producer;
        Deploy = copy.Deploy;
        SupervisorStrategy = copy.SupervisorStrategy;
    }

    public Props(Type type, object[] args)
        : this(new ActivatorProducer(type, args), Deploy.Local, null)
    {
    }

    public Props(Type type)
        : this(new ActivatorProducer(type, []), Deploy.Local, null)
    {
    }

    public Props(Deploy deploy, Type type, params object[] args)
        : this(new ActivatorProducer(type, args), deploy, null)
    {
    }

    private Props(IIndirectActorProducer producer, Deploy deploy, SupervisorStrategy? supervisorStrategy)
    {
        _producer = producer;
        Deploy = deploy;
        SupervisorStrategy = supervisorStrategy!;
    }

    /// <summary>For the engine's own actors: needs no reflection.</summary>
    internal static Props From<TActor>(Func<TActor> factory, SupervisorStrategy? supervisorStrategy = null)
        where TActor : ActorBase => new(new FactoryProducer<TActor>(factory), Deploy.Local, supervisorStrategy);

    public Type Type => _producer.ActorType;
    public string TypeName => Type.AssemblyQualifiedName!;
    public object[] Arguments => (_producer as IHasArguments)?.Arguments ?? [];
    public Deploy Deploy { get; protected set; }

    /// <summary>Takes precedence over the actor's own; null if it has the say.</summary>
    public SupervisorStrategy SupervisorStrategy { get; protected set; }

    public string Dispatcher => Deploy.Dispatcher.Length == 0 ? Akka.Dispatch.Dispatchers.DefaultDispatcherId : Deploy.Dispatcher;

    /// <param name="factory"><c>() => new SomeActor(arguments…)</c>. The arguments are evaluated now, once, and given to every instance.</param>
    /// <param name="supervisorStrategy">Takes precedence over the actor's own.</param>
    /// <exception cref="ArgumentException">The expression is not a constructor call.</exception>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy? supervisorStrategy = null)
        where TActor : ActorBase =>
        factory.Body is NewExpression { Constructor: not null } call
            ? new Props(new ConstructorProducer(call.Constructor, call.Arguments.Evaluate()), Deploy.Local, supervisorStrategy)
            : throw new ArgumentException("The create function must be a 'new T (args)' expression.", nameof(factory));

    public static Props Create<TActor>(params object[] args)
        where TActor : ActorBase => new(typeof(TActor), args);

    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy)
        where TActor : ActorBase, new() => new(new ActivatorProducer(typeof(TActor), []), Deploy.Local, supervisorStrategy);

    public static Props Create(Type type, params object[] args) => new(type, args);

    public static Props CreateBy(IIndirectActorProducer producer, params object[] args) => new(producer, Deploy.Local, null);

    public Props WithDispatcher(string dispatcher) => With(copy => copy.Deploy = Deploy.WithDispatcher(dispatcher));

    public Props WithStashCapacity(int stashCapacity) => With(copy => copy.Deploy = Deploy.WithStashCapacity(stashCapacity));

    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) => With(copy => copy.SupervisorStrategy = supervisorStrategy);

    public Props WithDeploy(Deploy deploy) => With(copy => copy.Deploy = deploy.WithFallback(Deploy));

    public virtual ActorBase NewActor() => _producer.Produce();

    protected virtual Props Copy() => new(this);

    public bool Equals(Props? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Type == other.Type && Deploy.Equals(other.Deploy) && Equals(SupervisorStrategy, other.SupervisorStrategy)
            && Arguments.SequenceEqual(other.Arguments));

    public override bool Equals(object? obj) => obj is Props other && Equals(other);
    public override int GetHashCode() => HashCode.Combine(Type, Deploy.Path, Deploy.Dispatcher);

    private Props With(Action<Props> change)
    {
        var copy = Copy();
        change(copy);
        return copy;
    }
}
