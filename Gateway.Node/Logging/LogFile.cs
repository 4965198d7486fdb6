using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Gateway.Node.Logging;

/// <summary>
/// A log file that others may move away, remove or cut short while it is written, as logrotate does: what follows goes to a new file of the
/// name, or to what is left of the old one. For one thread.
/// </summary>
internal sealed class LogFile : IDisposable
{
    private FileStream _file;
    private string? _openedAs;

    /// <exception cref="IOException">It cannot be opened or made; the message names it.</exception>
    public LogFile(string path)
    {
        Path = path;
        _file = Open(path);
        _openedAs = Whereabouts(_file);
    }

    public string Path { get; }

    /// <summary>Whether the file can be written, which makes it if it is not there; null is standard error, which can.</summary>
    /// <exception cref="IOException">It cannot; the message names it.</exception>
    public static void Check(string? path)
    {
        if (path is not null)
            Open(path).Dispose();
    }

    /// <exception cref="IOException">The disk is full, for instance.</exception>
    public void Write(ReadOnlySpan<byte> text)
    {
        if (Whereabouts(_file) != _openedAs)
            TryReopen();
        // The end may be nearer than it was.
        if (_file.CanSeek)
            _file.Seek(0, SeekOrigin.End);
        _file.Write(text);
    }

    /// <summary>Goes on in whatever the name stands for by now; in the old file when that cannot be opened.</summary>
    public void TryReopen()
    {
        try
        {
            var next = Open(Path);
            _file.Dispose();
            (_file, _openedAs) = (next, Whereabouts(next));
        }
        catch (IOException)
        {
            // Better a record in the wrong file than none.
        }
    }

    public void Dispose() => _file.Dispose();

    [SuppressMessage("Interoperability", "CA1416", Justification = "The gateway runs on Linux alone.")]
    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite | FileShare.Delete,
                BufferSize = 0,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead,
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"log.file: {e.Message}", e);
        }
    }

    /// <summary>The name that the open file has by now: another one when it was moved, one with "(deleted)" when it was removed.</summary>
    private static string? Whereabouts(FileStream file) =>
        new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}")).LinkTarget;
}
