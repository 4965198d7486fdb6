namespace Akka.Remote.Wire;

/// <summary>What a frame is: its fifth octet.</summary>
internal enum FrameKind : byte
{
    /// <summary>Recipient, sender, serializer id, manifest, payload.</summary>
    Message = 1,

    /// <summary>A number, then a watch, unwatch or the news of a death; acknowledged by <see cref="Ack"/>.</summary>
    SystemMessage = 2,

    /// <summary>All system messages up to this number have arrived.</summary>
    Ack = 3,

    Ping = 4,

    Pong = 5,

    /// <summary>The numbers that stood for names start again.</summary>
    ForgetNames = 6,

    Hello = 16,

    Challenge = 17,

    Proof = 18,

    Accept = 19,

    Refuse = 20,
}
