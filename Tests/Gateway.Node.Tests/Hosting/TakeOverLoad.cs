using System.Collections.Concurrent;
using System.Net;
using Gateway.Protocol;
using Testing;

namespace Gateway.Node.Tests.Hosting;

/// <summary>Two clients for each listener that connect, ask and send without a pause. What goes wrong is kept and not tried again.</summary>
internal sealed class TakeOverLoad
{
    private const int ClientsPerListener = 2;

    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly Task[] _clients;
    private int _made;

    public TakeOverLoad(IEnumerable<string> listeners, IPEndPoint destination) =>
        _clients = [.. listeners.SelectMany(listener => Enumerable.Range(0, ClientsPerListener).Select(_ => Task.Run(() => RunAsync(listener, destination))))];

    public IEnumerable<string> Failures => _failures;

    /// <summary>One that is connected to <paramref name="destination"/>, which sends back what it gets.</summary>
    public static async Task<SocksTestClient> ConnectAsync(string listener, IPEndPoint destination)
    {
        var client = await SocksTestClient.ConnectAsync(LiteralEndpoint.From(IPEndPoint.Parse(listener)));
        var reply = await client.AskAsync(SocksCommand.Connect, destination);
        return reply.Code == ReplyCode.Succeeded ? client : throw new IOException($"answered with {reply.Code}");
    }

    /// <summary>Returns when <paramref name="count"/> more connections were made.</summary>
    public Task MakeAsync(int count)
    {
        var aim = Volatile.Read(ref _made) + count;
        return Eventually.Holds(() => Volatile.Read(ref _made) >= aim || !_failures.IsEmpty, () => $"{_made} connections");
    }

    /// <summary>How many connections were made in all.</summary>
    public async Task<int> EndAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_clients);
        return _made;
    }

    private async Task RunAsync(string listener, IPEndPoint destination)
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using var client = await ConnectAsync(listener, destination);
                await client.EchoAsync("over"u8.ToArray());
                Interlocked.Increment(ref _made);
            }
            catch (Exception e)
            {
                _failures.Enqueue($"{listener}: {e.Message}");
            }
        }
    }
}
