using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Akka.Actor;

/// <summary>Calls one known constructor.</summary>
internal sealed class ConstructorProducer(ConstructorInfo constructor, object[] arguments) : IIndirectActorProducer, IHasArguments
{
    private static readonly ConcurrentDictionary<ConstructorInfo, ConstructorInvoker> Invokers = new();

    private readonly ConstructorInvoker _invoker = Invokers.GetOrAdd(constructor, ConstructorInvoker.Create);

    public Type ActorType => constructor.DeclaringType!;
    public object[] Arguments => arguments;

    public ActorBase Produce()
    {
        try
        {
            return (ActorBase)_invoker.Invoke(arguments.AsSpan()!);
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(e.InnerException);
            throw;
        }
    }

    public void Release(ActorBase actor)
    {
    }
}
