using Akka.Event;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>The logger of a system under test: offers each event and each dead letter to the event filters, and prints the rest.</summary>
public class TestEventListener : DefaultLogger
{
    private readonly List<EventFilter> _filters = [];

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger initialize:
                Listen(initialize.LoggingBus);
                return base.Receive(message);
            case FilterCommand.Mute mute:
                _filters.AddRange(mute.Filters);
                return true;
            case FilterCommand.Unmute unmute:
                foreach (var filter in unmute.Filters)
                    _filters.Remove(filter);
                return true;
            case DeadLetter letter:
                Offer(new Warning(letter.Recipient.Path.ToString(), letter.Recipient.GetType(), letter));
                return true;
            case LogEvent logged:
                Offer(logged);
                return true;
            default:
                return true;
        }
    }

    private void Listen(LoggingBus bus)
    {
        bus.Subscribe(Self, typeof(FilterCommand));
        bus.Subscribe(Self, typeof(DeadLetter));
    }

    private void Offer(LogEvent logged)
    {
        foreach (var filter in _filters)
        {
            if (filter.Apply(logged))
                return;
        }
        Print(logged);
    }
}
