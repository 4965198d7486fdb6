namespace Gateway.Actors.Status;

/// <summary>A session as <see cref="SessionRegister"/> sees it: a node of its list. Loop's thread only.</summary>
internal interface ILiveSession : ISessionFacts
{
    /// <summary>Unique in this process; grows along the list.</summary>
    long Number { get; }

    ILiveSession? Next { get; set; }

    ILiveSession? Previous { get; set; }

    SessionView View();

    /// <summary>Brings the loop's counters up to date with what is only counted now and then.</summary>
    void SettleCounters();

    /// <summary>Ends it, whatever it does; <paramref name="reason"/> stands in its record.</summary>
    void End(string reason);
}
