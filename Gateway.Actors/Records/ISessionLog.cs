using Gateway.Actors.Sessions;

namespace Gateway.Actors.Records;

/// <summary>Where the records of sessions go. It is called off the loops, for one batch after the other.</summary>
public interface ISessionLog
{
    /// <summary>Sessions have closed. As long as this takes its time further records wait, and when too many do, they are dropped.</summary>
    /// <param name="closed">In the order in which they closed, as far as they share a loop.</param>
    Task WriteAsync(IReadOnlyList<SessionRecord> closed);
}
