namespace Gateway.Transport;

/// <summary>A timer that calls a delegate.</summary>
internal sealed class ActionTimer(Action action) : LoopTimer
{
    protected internal override void OnDue() => action();
}
