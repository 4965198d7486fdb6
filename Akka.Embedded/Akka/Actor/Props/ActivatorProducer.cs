using System.Reflection;

namespace Akka.Actor;

/// <summary>Looks for the constructor that takes the arguments.</summary>
internal sealed class ActivatorProducer : IIndirectActorProducer, IHasArguments
{
    private const BindingFlags Constructors = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly ConstructorProducer? _only;

    public ActivatorProducer(Type type, object[] arguments)
    {
        ArgumentNullException.ThrowIfNull(type);
        ActorType = type;
        Arguments = arguments;
        if (arguments.Length == 0 && type.GetConstructor(Constructors, []) is { } parameterless && !type.IsAbstract)
            _only = new ConstructorProducer(parameterless, arguments);
    }

    public Type ActorType { get; }
    public object[] Arguments { get; }

    public ActorBase Produce()
    {
        if (_only is not null)
            return _only.Produce();
        try
        {
            return (ActorBase)Activator.CreateInstance(
                ActorType, Constructors | BindingFlags.DoNotWrapExceptions, null, Arguments, null)!;
        }
        catch (MissingMethodException e)
        {
            throw new TypeLoadException(
                $"Error while creating actor instance of type {ActorType} with {Arguments.Length} args: ({string.Join(",", Arguments)})", e);
        }
    }

    public void Release(ActorBase actor)
    {
    }
}
