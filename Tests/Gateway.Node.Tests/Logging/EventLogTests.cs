using System.Text;
using System.Text.Json;
using Gateway.Actors.Status;
using Gateway.Node.Logging;

namespace Gateway.Node.Tests.Logging;

public class EventLogTests
{
    [Fact]
    public async Task Events_before_and_after_its_start_are_logged_once_and_those_that_others_log_are_not()
    {
        var events = new GatewayEvents("e1", TimeProvider.System);
        events.Add(GatewayEventKind.MemberUp, "r1", "is a member");
        var output = new MemoryStream();
        await using (var log = new LogWriter(output, new(), isTerminal: false))
        {
            await using var written = EventLog.Start(events, log);
            events.Add(GatewayEventKind.SessionFailed, "session 7", "has a record of its own");
            events.Add(GatewayEventKind.Reloaded, "settings", "are told by the reload");
            events.Add(GatewayEventKind.ChainBroken, "way", "has no way: hop 1: nobody");
        }

        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement);
        Assert.Equal(
            [("info", "member-up", "r1 is a member"), ("warning", "chain-broken", "way has no way: hop 1: nobody")],
            lines.Select(line => (line.GetProperty("level").GetString()!, line.GetProperty("event").GetString()!, line.GetProperty("message").GetString()!)));
    }
}
