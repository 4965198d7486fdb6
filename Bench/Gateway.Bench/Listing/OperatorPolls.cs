using System.Text.Json;

namespace Gateway.Bench;

/// <summary>Asks a gateway what the dashboard's list of sessions asks while it is open, as often, and a filter that finds nothing beside it: for that all are looked at.</summary>
internal sealed class OperatorPolls : IDisposable
{
    private static readonly (string Path, TimeSpan Period)[] Asked =
    [
        ("api/sessions?node=*&limit=100", TimeSpan.FromSeconds(2)), ("api/sessions?node=*&text=nobody.example", TimeSpan.FromSeconds(2)),
        ("api/flows?node=*", TimeSpan.FromSeconds(2)), ("api/chains?node=*", TimeSpan.FromSeconds(2)), ("api/gateways?node=*", TimeSpan.FromSeconds(2)),
        ("api/cluster", TimeSpan.FromSeconds(1)), ("api/pulse", TimeSpan.FromSeconds(.5)),
    ];

    private readonly HttpClient _http;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _polls;
    private int _answers, _matched;

    public OperatorPolls(Uri door)
    {
        _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = door };
        _polls = Task.WhenAll(Asked.Select(asked => PollAsync(asked.Path, asked.Period)));
    }

    public volatile bool IsAsking;

    public int Answers => _answers;

    /// <summary>Sessions that the last list told of.</summary>
    public int Matched => _matched;

    public void Dispose()
    {
        _end.Cancel();
        _polls.Wait();
        _http.Dispose();
        _end.Dispose();
    }

    private async Task PollAsync(string path, TimeSpan period)
    {
        try
        {
            // Spread over the period, as polls of a page that began at different times.
            await Task.Delay(period * Random.Shared.NextDouble(), _end.Token);
            while (true)
            {
                if (IsAsking)
                    Count(path, await _http.GetByteArrayAsync(path, _end.Token));
                await Task.Delay(period, _end.Token);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private void Count(string path, byte[] answer)
    {
        if (!path.StartsWith("api/sessions", StringComparison.Ordinal))
            return;
        Interlocked.Increment(ref _answers);
        var matched = JsonDocument.Parse(answer).RootElement.GetProperty("nodes").EnumerateArray().Sum(node => node.GetProperty("matched").GetInt32());
        if (matched > 0)
            _matched = matched;
    }
}
