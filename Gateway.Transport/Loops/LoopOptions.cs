namespace Gateway.Transport;

/// <summary>Settings of a <see cref="Loop"/>.</summary>
public sealed record LoopOptions
{
    /// <summary>Prefix of the threads' names; the loop's index follows.</summary>
    public string Name { get; init; } = "loop-";

    /// <summary>
    /// Told of every exception that escapes from a callback, a timer or a posted work item; the loop goes on.
    /// Called on the loop's thread. By default such exceptions go to standard error.
    /// </summary>
    public Action<Loop, Exception> OnFault { get; init; } = static (loop, fault) => Console.Error.WriteLine($"loop {loop.Index}: {fault}");

    /// <summary>Keepalive of outgoing connections, from some seconds after their begin on.</summary>
    public KeepAlive KeepAlive { get; init; } = KeepAlive.Default;

    /// <summary>Octets of the buffer that all sockets of the loop receive into.</summary>
    public int BufferSize { get; init; } = 64 * 1024;

    /// <summary>Octets asked for each splice pipe; the kernel may grant less.</summary>
    public int PipeSize { get; init; } = 1024 * 1024;

    /// <summary>The most splice pipes that the loop holds at a time; beyond it bulk is copied.</summary>
    public int MaxPipes { get; init; } = 128;
}
