namespace Gateway.Node.Logging;

/// <summary>Where the log goes: the file of the settings, or standard error, which also takes what a file does not.</summary>
/// <param name="standard">Standard error.</param>
internal sealed class LogOutput(Stream standard) : IDisposable
{
    private LogFile? _file;
    private Wish? _wish;

    /// <summary>Whoever writes next goes on in that file, opened anew; null is standard error. Any thread.</summary>
    public void Use(string? path) => Volatile.Write(ref _wish, new Wish(path));

    /// <summary>One thread. Does not throw: a gateway serves without a log rather than not at all.</summary>
    public void Write(ReadOnlySpan<byte> text)
    {
        try
        {
            if (Interlocked.Exchange(ref _wish, null) is { } wish)
                Turn(wish.Path);
            _file?.Write(text);
            if (_file is not null)
                return;
        }
        catch (IOException)
        {
            // The disk is full, perhaps: then standard error has it.
        }
        try
        {
            standard.Write(text);
            standard.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The reader is gone, or there never was one: a descriptor that is closed is said to be denied.
        }
    }

    public void Dispose() => _file?.Dispose();

    private void Turn(string? path)
    {
        if (path is not null && path == _file?.Path)
        {
            _file.TryReopen();
            return;
        }
        var next = path is null ? null : new LogFile(path);
        _file?.Dispose();
        _file = next;
    }

    private sealed record Wish(string? Path);
}
