using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>The actor behind <see cref="TestKitBase.TestActor"/>: puts what it receives into the test's queue.</summary>
internal sealed class InternalTestActor(EnvelopeQueue queue) : UntypedActor
{
    private AutoPilot _pilot = AutoPilot.NoAutoPilot;
    private Func<object, bool>? _isIgnored;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case TestActorCommand.Watch watch:
                Context.Watch(watch.Actor);
                Sender.Tell(TestActorCommand.Done.Instance);
                break;
            case TestActorCommand.Unwatch unwatch:
                Context.Unwatch(unwatch.Actor);
                Sender.Tell(TestActorCommand.Done.Instance);
                break;
            case TestActorCommand.Pilot pilot:
                _pilot = pilot.AutoPilot;
                break;
            case TestActorCommand.Ignore ignore:
                _isIgnored = ignore.IsIgnored;
                break;
            case TestActorCommand.Spawn spawn:
                Spawn(spawn);
                break;
            default:
                Keep(message, Sender);
                break;
        }
    }

    private void Keep(object message, IActorRef sender)
    {
        var next = _pilot.Run(sender, message);
        if (next is not KeepRunning)
            _pilot = next;
        if (_isIgnored?.Invoke(message) != true)
            queue.Add(new ReceivedEnvelope(message, sender));
    }

    private void Spawn(TestActorCommand.Spawn spawn)
    {
        var child = Context.ActorOf(spawn.Props, spawn.Name);
        queue.Add(new ReceivedEnvelope(child, Self));
    }
}
