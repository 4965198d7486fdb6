using System.Buffers;
using System.Text.Json;
using Gateway.Actors.Sessions;
using Gateway.Actors.Settings;

namespace Gateway.Node.Logging;

/// <summary>
/// The log. Writers format into memory and go on; one thread of its own writes to the stream, so that a reader who has stopped
/// reading stops nobody else. When too much waits, records are dropped and counted.
/// </summary>
public sealed class LogWriter : ISessionLog, IAsyncDisposable
{
    private const int MostWaiting = 8 << 20;

    /// <summary>Records of a busy moment are written together: waking the thread for each would cost more than the records do.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _news = new();
    private readonly ManualResetEventSlim _end = new();
    private readonly Stream _output;
    private readonly bool _isTerminal;
    private volatile LogSettings _settings;
    private readonly TimeProvider _time;
    private readonly Utf8JsonWriter _json = new(Stream.Null, new JsonWriterOptions { SkipValidation = true });
    private readonly Thread _thread;
    private ArrayBufferWriter<byte> _filling = new(64 << 10);
    private ArrayBufferWriter<byte> _writing = new(64 << 10);
    private long _dropped, _droppedInAll;

    public LogWriter(Stream output, LogSettings settings, bool isTerminal, TimeProvider? time = null)
    {
        (_output, _settings, _isTerminal, _time) = (output, settings, isTerminal, time ?? TimeProvider.System);
        _thread = new Thread(WriteOut) { IsBackground = true, Name = "log" };
        _thread.Start();
    }

    public static LogWriter ToStandardError(LogSettings settings) => new(Console.OpenStandardError(), settings, !Console.IsErrorRedirected);

    /// <summary>Other settings are in force for what is written from now on.</summary>
    public void Change(LogSettings settings) => _settings = settings;

    /// <summary>Records dropped since the start.</summary>
    public long Dropped => Volatile.Read(ref _droppedInAll);

    public bool IsEnabled(LogLevelSetting level) => level >= _settings.Level;

    /// <param name="level">How much it matters.</param>
    /// <param name="name">The kind of record, for those who search: <c>started</c>.</param>
    /// <param name="message">For those who read.</param>
    /// <param name="source">Who says it, when that is not the node itself.</param>
    /// <param name="cause">What went wrong.</param>
    public void Write(LogLevelSetting level, string name, string message, string? source = null, Exception? cause = null)
    {
        if (IsEnabled(level))
            Append(level, name, (message, source, cause), static (json, record) =>
            {
                json.WriteString("message", record.message);
                if (record.source is not null)
                    json.WriteString("source", record.source);
                if (record.cause is not null)
                    json.WriteString("error", record.cause.ToString());
            });
    }

    /// <inheritdoc/>
    public void Closed(SessionRecord record)
    {
        if (_settings.Sessions && IsEnabled(LogLevelSetting.Info))
            Append(LogLevelSetting.Info, "session", record, SessionFields.Write);
    }

    /// <summary>Returns when everything is written.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
            _end.Set();
        _news.Set();
        await Task.Run(_thread.Join);
        _news.Dispose();
        _end.Dispose();
        await _json.DisposeAsync();
    }

    private bool IsText => _settings.Format == LogFormat.Text || (_settings.Format == LogFormat.Auto && _isTerminal);

    private void Append<T>(LogLevelSetting level, string name, T record, Action<Utf8JsonWriter, T> fields)
    {
        var now = _time.GetUtcNow();
        lock (_gate)
        {
            if (_end.IsSet || _filling.WrittenCount > MostWaiting)
            {
                _dropped++;
                _droppedInAll++;
                return;
            }
            if (IsText)
                TextRecord.Write(_filling, _time.GetLocalNow(), level, name, json => fields(json, record));
            else
                AppendJson(now, level, name, record, fields);
            _news.Set();
        }
    }

    private void AppendJson<T>(DateTimeOffset now, LogLevelSetting level, string name, T record, Action<Utf8JsonWriter, T> fields)
    {
        _json.Reset(_filling);
        _json.WriteStartObject();
        _json.WriteString("time", now.UtcDateTime);
        _json.WriteString("level", LevelName(level));
        _json.WriteString("event", name);
        fields(_json, record);
        _json.WriteEndObject();
        _json.Flush();
        _filling.Write("\n"u8);
    }

    internal static string LevelName(LogLevelSetting level) => level switch
    {
        LogLevelSetting.Debug => "debug",
        LogLevelSetting.Info => "info",
        LogLevelSetting.Warning => "warning",
        _ => "error",
    };

    private void WriteOut()
    {
        for (var ended = false; !ended;)
        {
            _news.Wait();
            _end.Wait(Gathering);
            long dropped;
            lock (_gate)
            {
                _news.Reset();
                (_filling, _writing) = (_writing, _filling);
                (dropped, _dropped) = (_dropped, 0);
                ended = _end.IsSet;
            }
            TryWrite(_writing.WrittenSpan);
            _writing.ResetWrittenCount();
            if (dropped > 0 && !ended)
                Write(LogLevelSetting.Warning, "log-dropped", $"{dropped} records were dropped because nobody read the log");
        }
    }

    private void TryWrite(ReadOnlySpan<byte> text)
    {
        try
        {
            _output.Write(text);
            _output.Flush();
        }
        catch (IOException)
        {
            // The reader is gone; a gateway serves without a log rather than not at all.
        }
    }
}
