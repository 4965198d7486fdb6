namespace Akka.Actor;

/// <summary>The scheduler cannot take this.</summary>
public sealed class SchedulerException : AkkaException
{
    public SchedulerException(string? message)
        : base(message)
    {
    }
}
