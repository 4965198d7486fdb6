using Gateway.Actors.Settings;
using Gateway.Node.Logging;

namespace Gateway.Node.Telemetry;

/// <summary>Tells the log when requests of a kind begin to fail, and when they are taken again; not each time.</summary>
internal sealed class ExportNews(OtlpSignal signal, Uri endpoint, LogWriter log)
{
    private bool _fails;

    public void Report(in OtlpAnswer answer)
    {
        var fails = !answer.IsTaken || answer.Refused > 0;
        if (fails == _fails)
            return;
        _fails = fails;
        if (_fails)
            log.Write(LogLevelSetting.Warning, "telemetry", $"{(answer.IsTaken ? "some " : "")}{signal.Name} are not taken at {endpoint}: {answer.Cause}");
        else
            log.Write(LogLevelSetting.Info, "telemetry", $"{signal.Name} are taken at {endpoint} again");
    }
}
