namespace Gateway.Actors.Handover;

/// <summary>What the processes of a hand-over tell each other. The numbers are the wire's; who does not know one skips it.</summary>
internal enum HandoverKind : byte
{
    /// <summary>From the successor: it has valid settings and wants to go on with this gateway.</summary>
    TakeOver = 1,
    /// <summary>From the predecessor: it does not hand over, or gives up waiting. Why, as a block of UTF-8.</summary>
    Refused = 2,
    /// <summary>From the predecessor: NUMBER(4) of a listener and its ENDPOINT, as its settings have them, with some of its sockets.</summary>
    Listener = 3,
    /// <summary>From the predecessor: ENDPOINT of the operator's door as its settings have it, with its socket.</summary>
    Admin = 4,
    /// <summary>From the predecessor: the name that it is asked for hand-overs under, with the socket behind it.</summary>
    Door = 5,
    /// <summary>From the predecessor: a member of the cluster that can be reached, as <see cref="Members.Greeting"/>.</summary>
    Member = 6,
    /// <summary>From the predecessor, to its end: ADDRESS IDs, as <see cref="Members.AddressIdsTold"/>.</summary>
    AddressIds = 7,
    /// <summary>From the predecessor: that was all.</summary>
    Offered = 8,
    /// <summary>From the successor: it accepts. COUNT(4), and NUMBER(4) of each listener that it goes on with.</summary>
    Serving = 9,
    /// <summary>From the predecessor: it accepts no more, and has left the cluster.</summary>
    Released = 10,
}
