using Akka.Actor;
using Akka.Streams.Fused;

namespace Akka.Streams.Stages;

/// <summary>
/// A group leaves when it is full, when its time is up, or at the end; never empty. A group that nobody asks for goes on growing until it
/// is full.
/// </summary>
internal sealed class GroupedWithinStage<T>(Island island, Connection<T> inlet, int size, TimeSpan interval)
    : FlowStage<T, IEnumerable<T>>(island, inlet)
{
    private List<T> _group = [];
    private bool _isDue;
    private bool _finishing;
    private ICancelable? _timer;

    public override void PreStart()
    {
        RestartTimer();
        In.Pull();
    }

    public override void OnPush(T element)
    {
        _group.Add(element);
        if (_group.Count < size) In.Pull();
        else PushDue();
    }

    public override void OnPull() => PushIfDue();

    public override void OnUpstreamFinish()
    {
        _finishing = true;
        if (_group.Count == 0) Out.Complete();
        else PushDue();
    }

    public override void PostStop(Exception? abrupt) => _timer?.Cancel();

    private void PushDue()
    {
        _isDue = true;
        PushIfDue();
    }

    private void PushIfDue()
    {
        if (!_isDue || _group.Count == 0 || !Out.IsAvailable) return;
        var isFull = _group.Count >= size;
        _isDue = false;
        Out.Push(_group);
        _group = [];
        if (_finishing) Out.Complete();
        else In.Pull();
        if (isFull) RestartTimer();
    }

    private void RestartTimer()
    {
        _timer?.Cancel();
        _timer = Island.ScheduleRepeatedly(interval, interval, () =>
        {
            if (_group.Count > 0) PushDue();
        });
    }
}
