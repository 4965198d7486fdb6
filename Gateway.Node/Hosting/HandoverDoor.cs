using System.Net.Sockets;
using Gateway.Actors;
using Gateway.Actors.Handover;
using Gateway.Actors.Settings;
using Gateway.Node.Logging;
using Gateway.Transport;

namespace Gateway.Node.Hosting;

/// <summary>Where a process asks that wants to go on with this gateway (<c>node.handover</c>). One is answered at a time.</summary>
internal sealed class HandoverDoor : IDisposable
{
    private readonly DescriptorDoor? _door;
    private readonly LogWriter _log;
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource<int> _handedOver = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _attempts;
    private Successor? _successor;

    private HandoverDoor(DescriptorDoor? door, LogWriter log) => (_door, _log) = (door, log);

    /// <summary>Completes with the process that goes on with this gateway.</summary>
    public Task<int> HandedOver => _handedOver.Task;

    /// <summary>Under the name that the settings give; null when they give none.</summary>
    public static string? NameOf(GatewaySettings settings) => settings.Node.Handover switch
    {
        NodeSettings.Auto when settings.Listeners is [var first, ..] && first.Address.Port != 0 => $"@socks64-{DescriptorChannel.User}-{first.Address}",
        NodeSettings.Auto => null,
        var name => name,
    };

    /// <summary>Listens from here on, with the predecessor's socket if that is at the same place.</summary>
    /// <exception cref="IOException">The name cannot be had, and was asked for.</exception>
    public static HandoverDoor Open(GatewaySettings settings, Estate? estate, LogWriter log)
    {
        if (NameOf(settings) is not { } name)
            return new(null, log);
        try
        {
            return new(estate?.TakeDoor(name) ?? DescriptorDoor.Open(name), log);
        }
        catch (TransportException taken)
        {
            var message = $"no process can take this gateway over at {name}: {taken.Message} (node.handover names another place)";
            if (settings.Node.Handover is not NodeSettings.Auto)
                throw new IOException(message, taken);
            log.Write(LogLevelSetting.Warning, "handover", message);
            return new(null, log);
        }
    }

    /// <summary>Answers until the gateway is handed over, or this ends.</summary>
    /// <param name="gateway">Is handed over.</param>
    /// <param name="beside">What else the other process gets.</param>
    /// <param name="leave">Called with the process that accepts now: lets go what only one of the two can have.</param>
    public async Task ServeAsync(GatewayHost gateway, Func<Estate> beside, Func<int, Task> leave)
    {
        try
        {
            while (_door is not null)
                _ = AnswerAsync(await AcceptAsync(_door), gateway, beside, leave);
        }
        catch (OperationCanceledException)
        {
            // It has been handed over, or ends.
        }
    }

    /// <summary>Answers nobody any more. A process that is being offered the gateway hears that it goes away.</summary>
    public void Close() => _ending.Cancel();

    public void Dispose()
    {
        _ending.Cancel();
        _door?.Dispose();
        _successor?.Dispose();
        _ending.Dispose();
    }

    private async Task<DescriptorChannel> AcceptAsync(DescriptorDoor door)
    {
        while (true)
        {
            try
            {
                return await door.AcceptAsync(_ending.Token);
            }
            catch (SocketException shortage)
            {
                _log.Write(LogLevelSetting.Warning, "handover", $"a process that asks for this gateway has to wait: {shortage.Message}");
                await Task.Delay(TimeSpan.FromSeconds(1), _ending.Token);
            }
        }
    }

    private async Task AnswerAsync(DescriptorChannel channel, GatewayHost gateway, Func<Estate> beside, Func<int, Task> leave)
    {
        try
        {
            var successor = await Successor.MeetAsync(channel, _ending.Token);
            if (Interlocked.CompareExchange(ref _attempts, 1, 0) != 0)
                successor.RefuseAndClose("another process is taking this gateway over");
            else if (await TryHandOverAsync(successor, gateway, beside))
                await FinishAsync(successor, leave);
            else
                _attempts = 0;
        }
        catch (Exception refused) when (refused is HandoverException or OperationCanceledException)
        {
            Report(refused);
        }
    }

    private async Task<bool> TryHandOverAsync(Successor successor, GatewayHost gateway, Func<Estate> beside)
    {
        try
        {
            _log.Write(LogLevelSetting.Info, "handover", $"process {successor.Process} takes this gateway over");
            var estate = beside();
            estate.Door = _door;
            await gateway.HandOverAsync(successor, estate, _ending.Token);
            _door!.IsHandedOn = true;
            return true;
        }
        catch (Exception refused) when (refused is HandoverException or InvalidOperationException or OperationCanceledException)
        {
            successor.RefuseAndClose(Report(refused));
            return false;
        }
    }

    private async Task FinishAsync(Successor successor, Func<int, Task> leave)
    {
        _successor = successor;
        try
        {
            await leave(successor.Process);
        }
        finally
        {
            successor.Release();
            _handedOver.SetResult(successor.Process);
            _ending.Cancel();
        }
    }

    private string Report(Exception refused)
    {
        var reason = refused is OperationCanceledException ? "the gateway ends" : refused.Message;
        _log.Write(LogLevelSetting.Warning, "handover-failed", $"this gateway goes on as it was: {reason}");
        return reason;
    }
}
