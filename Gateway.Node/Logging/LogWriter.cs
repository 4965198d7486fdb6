using System.Buffers;
using System.Text.Json;
using Gateway.Actors.Records;
using Gateway.Actors.Sessions;
using Gateway.Actors.Settings;

namespace Gateway.Node.Logging;

/// <summary>
/// The log. Writers format into memory and go on; one thread of its own writes to the file or the stream, so that a reader who has stopped
/// reading stops nobody else. When too much waits, records of sessions wait before they come here, and all others are dropped and counted.
/// </summary>
public sealed class LogWriter : ISessionLog, IAsyncDisposable
{
    private const int MostWaiting = 8 << 20;

    /// <summary>Records of a busy moment are written together: waking the thread for each would cost more than the records do.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    /// <summary>How long the end waits for a reader or a disk that takes nothing: a stuck log must not keep the gateway from ending.</summary>
    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _news = new(false, spinCount: 0);
    private readonly ManualResetEventSlim _end = new(false, spinCount: 0);
    private readonly LogOutput _output;
    private readonly bool _isTerminal;
    private readonly TimeProvider _time;
    private readonly Utf8JsonWriter _json = new(Stream.Null, new JsonWriterOptions { SkipValidation = true });
    private readonly Thread _thread;
    private volatile LogSettings _settings;
    private TaskCompletionSource _room = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ArrayBufferWriter<byte> _filling = new(64 << 10);
    private ArrayBufferWriter<byte> _writing = new(64 << 10);
    private long _dropped, _droppedInAll;

    /// <param name="output">Where it goes when the settings name no file.</param>
    /// <param name="settings">Their file can be opened.</param>
    /// <param name="isTerminal">Whether <paramref name="output"/> shows it to a person.</param>
    public LogWriter(Stream output, LogSettings settings, bool isTerminal, TimeProvider? time = null)
    {
        (_output, _settings, _isTerminal, _time) = (new LogOutput(output), settings, isTerminal, time ?? TimeProvider.System);
        _output.Use(settings.File);
        _thread = new Thread(WriteOut) { IsBackground = true, Name = "log" };
        _thread.Start();
    }

    public static LogWriter Start(LogSettings settings) => new(Console.OpenStandardError(), settings, !Console.IsErrorRedirected);

    /// <summary>Other settings are in force for what is written from now on. The file is opened anew, also when it is the same.</summary>
    public void Change(LogSettings settings)
    {
        _output.Use(settings.File);
        _settings = settings;
    }

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
        if (!IsEnabled(level))
            return;
        lock (_gate)
        {
            if (HasRoom)
            {
                Append(level, name, (message, source, cause), WriteMessage);
                return;
            }
            _dropped++;
            _droppedInAll++;
        }
    }

    /// <inheritdoc/>
    public async Task WriteAsync(IReadOnlyList<SessionRecord> closed)
    {
        for (var written = 0; written < closed.Count;)
        {
            Task room;
            lock (_gate)
            {
                while (written < closed.Count && (HasRoom || _end.IsSet))
                {
                    if (_settings.Sessions && IsEnabled(LogLevelSetting.Info) && !_end.IsSet)
                        Append(LogLevelSetting.Info, "session", closed[written], SessionFields.Write);
                    written++;
                }
                room = _room.Task;
            }
            if (written < closed.Count)
                await room;
        }
    }

    /// <summary>Returns when everything is written, or after <see cref="LastWait"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
            _end.Set();
        _news.Set();
        try
        {
            await Task.Run(_thread.Join).WaitAsync(LastWait, _time);
        }
        catch (TimeoutException)
        {
            // The thread has all of this in its hands, until the process ends.
            _room.TrySetResult();
            return;
        }
        _room.TrySetResult();
        _output.Dispose();
        _news.Dispose();
        _end.Dispose();
        await _json.DisposeAsync();
    }

    private bool HasRoom => !_end.IsSet && _filling.WrittenCount <= MostWaiting;

    private bool IsText => _settings.Format == LogFormat.Text || (_settings.Format == LogFormat.Auto && _isTerminal && _settings.File is null);

    private static void WriteMessage(Utf8JsonWriter json, (string Message, string? Source, Exception? Cause) record)
    {
        json.WriteString("message", record.Message);
        if (record.Source is not null)
            json.WriteString("source", record.Source);
        if (record.Cause is not null)
            json.WriteString("error", record.Cause.ToString());
    }

    private void Append<T>(LogLevelSetting level, string name, T record, Action<Utf8JsonWriter, T> fields)
    {
        if (IsText)
            TextRecord.Write(_filling, _time.GetLocalNow(), level, name, json => fields(json, record));
        else
            AppendJson(_time.GetUtcNow(), level, name, record, fields);
        _news.Set();
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
            TaskCompletionSource room;
            lock (_gate)
            {
                _news.Reset();
                (_filling, _writing) = (_writing, _filling);
                (dropped, _dropped) = (_dropped, 0);
                (room, _room) = (_room, new(TaskCreationOptions.RunContinuationsAsynchronously));
                ended = _end.IsSet;
            }
            room.TrySetResult();
            _output.Write(_writing.WrittenSpan);
            _writing.ResetWrittenCount();
            if (dropped > 0 && !ended)
                Write(LogLevelSetting.Warning, "log-dropped", $"{dropped} records were dropped because nobody read the log");
        }
    }
}
