using Akka.Event;

namespace Akka.TestKit.Internal;

/// <summary>Log events that a test wants to see, or not to see.</summary>
internal sealed class EventFilter(string description, Predicate<LogEvent> isWanted)
{
    /// <summary>Raised on the logger's turn for each event that matched.</summary>
    public event Action? Matched;

    /// <summary>Whether the event matched. A predicate that throws did not.</summary>
    public bool Apply(LogEvent logged)
    {
        try
        {
            if (!isWanted(logged))
                return false;
        }
        catch (Exception)
        {
            return false;
        }
        Matched?.Invoke();
        return true;
    }

    public override string ToString() => description;
}
