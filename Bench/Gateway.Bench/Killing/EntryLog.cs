namespace Gateway.Bench;

/// <summary>Reads the session records of the entries while they are written.</summary>
internal sealed class EntryLog : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<EntryRecord>> _records = [];
    private readonly CancellationTokenSource _end = new();
    private readonly Task[] _reading;

    public EntryLog(IEnumerable<string> files) =>
        _reading = [.. files.Select(file => Task.Factory.StartNew(() => Follow(file), TaskCreationOptions.LongRunning))];

    /// <summary>A session has ended; on the thread that reads.</summary>
    public event Action<EntryRecord>? Ended;

    /// <summary>The session that this client began last before a moment; null when its record is not there.</summary>
    public EntryRecord? Find(string client, DateTime before)
    {
        lock (_gate)
            return _records.TryGetValue(client, out var records) ? records.LastOrDefault(record => record.Started <= before) : null;
    }

    public void Dispose()
    {
        _end.Cancel();
        Task.WaitAll(_reading);
        _end.Dispose();
    }

    private void Follow(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var rest = "";
        var buffer = new char[64 * 1024];
        while (true)
        {
            // All that is there is read before the end is looked at.
            var isLast = _end.IsCancellationRequested;
            while (reader.Read(buffer) is var count and > 0)
            {
                var lines = (rest + new string(buffer, 0, count)).Split('\n');
                rest = lines[^1];
                foreach (var line in lines.AsSpan(0, lines.Length - 1))
                    Take(line);
            }
            if (isLast)
                return;
            Thread.Sleep(Interval);
        }
    }

    private void Take(string line)
    {
        if (EntryRecord.Parse(line) is not { } record)
            return;
        lock (_gate)
        {
            if (!_records.TryGetValue(record.Client, out var records))
                _records[record.Client] = records = [];
            records.Add(record);
        }
        Ended?.Invoke(record);
    }
}
