namespace Akka.Actor;

/// <summary>A supervisor's verdict on a failed child.</summary>
public enum Directive
{
    /// <summary>Go on, with the state as it is.</summary>
    Resume = 0,

    /// <summary>Go on with a fresh instance.</summary>
    Restart = 1,

    /// <summary>Fail too, and let one's own supervisor judge.</summary>
    Escalate = 2,

    /// <summary>Terminate.</summary>
    Stop = 3,
}
