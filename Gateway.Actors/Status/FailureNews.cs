using Gateway.Transport;

namespace Gateway.Actors.Status;

/// <summary>Tells of failures, some each second: a flood of them would wash everything else away. One for each loop; loop's thread only.</summary>
internal sealed class FailureNews(Loop loop, GatewayEvents events)
{
    private const long LeastBetween = 200;

    private long _told = long.MinValue / 2;
    private long _untold;

    public void Report(GatewayEventKind kind, string subject, string reason)
    {
        if (loop.Milliseconds - _told < LeastBetween)
        {
            _untold++;
            return;
        }
        _told = loop.Milliseconds;
        events.Add(kind, subject, _untold == 0 ? reason : $"{reason} (and {_untold} {(_untold == 1 ? "other" : "others")} meanwhile)");
        _untold = 0;
    }
}
