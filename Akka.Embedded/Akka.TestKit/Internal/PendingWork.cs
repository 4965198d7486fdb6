using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>What a <see cref="TestScheduler"/> has to do; with an interval, again and again.</summary>
internal sealed record PendingWork(Action Action, TimeSpan? Interval, ICancelable? Cancelable)
{
    public bool IsCancelled => Cancelable?.IsCancellationRequested == true;
}
