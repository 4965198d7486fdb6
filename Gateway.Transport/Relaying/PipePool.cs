using Gateway.Transport.Linux;

namespace Gateway.Transport;

/// <summary>
/// The splice pipes of a loop. The kernel counts pipe pages per user (pipe-user-pages-soft); beyond its limit new pipes are a page or
/// two, which is worse than copying, so such a pipe is refused here and the direction copies.
/// </summary>
internal sealed unsafe class PipePool(int size, int max) : IDisposable
{
    /// <summary>A smaller pipe moves less per call than the copy buffer does.</summary>
    private const int Smallest = 64 * 1024;

    /// <summary>Descriptors of a pipe.</summary>
    private const int Ends = 2;

    private readonly Stack<Pipe> _idle = new();
    private int _open;

    /// <summary>Pipes in use or waiting for use. Any thread.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>An empty pipe, or null when there are enough or the kernel has none that is worth having.</summary>
    public Pipe? Rent() => _idle.TryPop(out var pipe) ? pipe : _open < max && Descriptors.HaveRoomFor(Ends) ? Create() : null;

    /// <summary>
    /// Takes back a pipe. One that still holds octets is closed, for they belong to nobody else; and any, when clients wait for descriptors.
    /// </summary>
    public void Return(Pipe pipe)
    {
        if (pipe.Filled == 0 && Descriptors.HaveRoomFor(Ends))
            _idle.Push(pipe);
        else
            Discard(pipe);
    }

    /// <summary>Closes the idle ones.</summary>
    public void Dispose()
    {
        while (_idle.TryPop(out var pipe))
            Discard(pipe);
    }

    private void Discard(Pipe pipe)
    {
        pipe.Close();
        _open--;
        Descriptors.Claim(-Ends);
    }

    private Pipe? Create()
    {
        var ends = stackalloc int[2];
        if (Libc.pipe2(ends, Sys.O_NONBLOCK | Sys.O_CLOEXEC) != 0)
            return null;
        _open++;
        Descriptors.Claim(Ends);
        var wished = size;
        while (Libc.fcntl(ends[1], Sys.F_SETPIPE_SZ, wished) < 0 && wished > Smallest)
            wished /= 2;
        var pipe = new Pipe(ends[1], ends[0], Libc.fcntl(ends[1], Sys.F_GETPIPE_SZ, 0));
        if (pipe.Capacity >= Smallest && !Descriptors.IsScarce(ends[1]))
            return pipe;
        Discard(pipe);
        return null;
    }
}
