namespace Akka.Remote.Wire;

/// <summary>Why an acceptor turns a peer away.</summary>
internal enum RefusalReason : byte
{
    /// <summary>The peer wants another system, or another address, than the one that is here.</summary>
    WrongAddress = 1,

    /// <summary>The peer does not know the secret.</summary>
    WrongSecret = 2,

    /// <summary>This incarnation of the peer has been given up.</summary>
    Quarantined = 3,

    /// <summary>There are too many associations already.</summary>
    Full = 4,
}
