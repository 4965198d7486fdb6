namespace Gateway.Actors.Sessions;

/// <summary>Where the records of sessions go. Called on the loops: it must neither block nor throw.</summary>
public interface ISessionLog
{
    /// <summary>A session has closed.</summary>
    void Closed(SessionRecord record);
}
