using Gateway.Transport;

namespace Gateway.Bench;

/// <summary>A number of <see cref="LoadClient"/>s on a loop, for the time of a measurement.</summary>
internal sealed class ClientRun : IDisposable
{
    private readonly Loop _loop = new(new LoopOptions { Name = "client-" });
    private readonly Resolver _resolver = new();
    private readonly LoadCounter _counter = new();

    public ClientRun(RunningServer server, Targets targets, int clients, int messageLength, bool keepsOpen)
    {
        _loop.Start();
        var dialer = new Dialer(_loop, _resolver);
        _loop.Post(() =>
        {
            for (var i = 0; i < clients; i++)
                new LoadClient(dialer, server, targets.Tcp, messageLength, keepsOpen, _counter).Begin();
        });
    }

    public long Done => Volatile.Read(ref _counter.Done);

    public long Failures => Volatile.Read(ref _counter.Failures);

    public void Dispose()
    {
        _counter.Stopped = true;
        Thread.Sleep(100);
        _loop.Dispose();
        _resolver.Dispose();
    }
}
