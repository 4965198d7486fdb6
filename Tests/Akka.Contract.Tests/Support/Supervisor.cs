using Akka.Actor;

namespace Akka.Contract.Tests.Support;

/// <summary>
/// A parent with a strategy and named <see cref="Fragile"/> children. Tell it a name, and it makes that child and answers its
/// reference; tell it an exception, and it fails itself.
/// </summary>
public sealed class Supervisor : ReceiveActor
{
    private readonly SupervisorStrategy? _strategy;

    public Supervisor(SupervisorStrategy? strategy)
    {
        _strategy = strategy;
        Receive<string>(name => Sender.Tell(Context.ActorOf(Props.Create(() => new Fragile()), name)));
        Receive<Props>(props => Sender.Tell(Context.ActorOf(props)));
        Receive<Exception>(failure => throw failure);
    }

    public static Props With(SupervisorStrategy? strategy) => Props.Create(() => new Supervisor(strategy));

    protected override SupervisorStrategy SupervisorStrategy() => _strategy ?? base.SupervisorStrategy();
}
