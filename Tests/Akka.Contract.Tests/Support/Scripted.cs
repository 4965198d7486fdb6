using Akka.Actor;

namespace Akka.Contract.Tests.Support;

/// <summary>An actor that is one function.</summary>
public sealed class Scripted(Action<object, IActorContext> script) : UntypedActor
{
    public static Props By(Action<object, IActorContext> script) => Props.Create(() => new Scripted(script));

    protected override void OnReceive(object message) => script(message, Context);
}
