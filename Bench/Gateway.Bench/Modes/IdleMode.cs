using System.Net.Sockets;

namespace Gateway.Bench;

/// <summary>Resident memory of the server per connection that is relayed, has carried 64 octets and is silent.</summary>
internal sealed class IdleMode : Mode
{
    public override string Name => "idle";
    public override string Title => "idle connections";
    public override string CostUnit => "octets/conn";
    public override string RateUnit => "conn/s";

    public override Measurement Measure(RunningServer server, Targets targets, double seconds)
    {
        using var fresh = RunningServer.Start(server.Spec, targets.Tcp.Port, out _)!;
        foreach (var warm in Open(fresh, targets, 100))
            warm.Dispose();
        var before = fresh.ResidentOctets;
        var sockets = Open(fresh, targets, server.Spec.Idle);
        Thread.Sleep(500);
        var cost = (fresh.ResidentOctets - before) / (double)server.Spec.Idle;
        sockets.ForEach(socket => socket.Dispose());
        return new Measurement(cost, 0);
    }

    /// <summary>Connections that are relayed, have carried 64 octets and are silent.</summary>
    public static List<Socket> Open(RunningServer server, Targets targets, int count)
    {
        var sockets = new List<Socket>();
        for (var i = 0; i < count; i++)
        {
            var socket = SocksDialogue.Connect(server, targets.Tcp);
            socket.Send(new byte[64]);
            for (var left = 64; left > 0;)
                left -= socket.Receive(new byte[left]);
            sockets.Add(socket);
        }
        return sockets;
    }
}
