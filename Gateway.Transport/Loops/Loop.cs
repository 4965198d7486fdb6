using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Gateway.Transport.Linux;

namespace Gateway.Transport;

/// <summary>
/// One thread that owns sockets: it waits for readiness (epoll, edge-triggered), lets the sockets act, runs what is due and what was
/// posted, and waits again. Everything that belongs to a loop is used on its thread only, except <c>Post</c>,
/// <see cref="Counters"/> and <see cref="Stop"/>.
/// </summary>
/// <remarks>
/// One turn: 1. wait; 2. events of sockets; 3. timers; 4. work posted by other threads; 5. work posted on this thread;
/// 6. queued datagrams leave. Work that is posted from the loop's own thread costs no lock and no system call.
/// </remarks>
public sealed unsafe class Loop : IDisposable
{
    private const int EventCapacity = 256, WorkPerTurn = 512, LastTurns = 64, WakeSlot = 0;

    [ThreadStatic] private static Loop? t_current;

    private readonly LoopOptions _options;
    private readonly Thread _thread;
    private readonly int _epoll;
    private readonly Lock _wakeGate = new();
    private readonly ConcurrentQueue<IThreadPoolWorkItem> _posted = new();
    private readonly Queue<IThreadPoolWorkItem> _local = new(256);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SlotTable _slots = new();
    private readonly byte* _buffer;
    private PipePool? _pipes;
    private UdpBuffers? _udp;
    private int _wake, _asleep;
    private volatile bool _stopping, _stopped;
    private long _iterations, _events, _workItems, _faults, _relayedToTarget, _relayedToClient;

    /// <summary>Makes a loop; it runs from <see cref="Start"/> on.</summary>
    /// <exception cref="TransportException">The kernel gives no epoll or event descriptor.</exception>
    public Loop(LoopOptions? options = null, int index = 0)
    {
        _options = options ?? new LoopOptions();
        Index = index;
        Timers = new TimerWheel(Report);
        KeepAliveSweep = new KeepAliveSweep(this, _options.KeepAlive);
        _epoll = TransportException.ThrowIfFailed(Libc.epoll_create1(Sys.EPOLL_CLOEXEC), "epoll_create1");
        _wake = TransportException.ThrowIfFailed(Libc.eventfd(0, Sys.EFD_NONBLOCK | Sys.EFD_CLOEXEC), "eventfd");
        _buffer = (byte*)NativeMemory.AlignedAlloc((nuint)_options.BufferSize, 4096);
        Control(Sys.EPOLL_CTL_ADD, _wake, Sys.EPOLLIN | Sys.EPOLLET, WakeSlot);
        Timers.Now = Clock;
        _thread = new Thread(Run) { Name = _options.Name + index, IsBackground = true };
    }

    /// <summary>The loop whose thread this is.</summary>
    public static Loop? Current => t_current;

    /// <summary>Its place in its group; 0 for a loop on its own.</summary>
    public int Index { get; }

    /// <summary>Whether the caller is on the loop's thread.</summary>
    public bool IsCurrent => t_current == this;

    /// <summary>Monotonic milliseconds, read once per turn.</summary>
    public long Milliseconds => Timers.Now;

    /// <summary>Completes when the loop's thread has ended.</summary>
    public Task Ended => _ended.Task;

    /// <summary>What it did so far. Any thread.</summary>
    public LoopCounters Counters => new(
        Volatile.Read(ref _iterations), Volatile.Read(ref _events), Volatile.Read(ref _workItems), Volatile.Read(ref _faults),
        Volatile.Read(ref _relayedToTarget), Volatile.Read(ref _relayedToClient),
        _slots.Count, _pipes?.Open ?? 0);

    internal TimerWheel Timers { get; }

    internal KeepAliveSweep KeepAliveSweep { get; }

    internal IEnumerable<Connection> Connections => _slots.Live().OfType<Connection>();

    /// <summary>The receive buffer that all sockets share; its content lives as long as the callback.</summary>
    internal Span<byte> Buffer => new(_buffer, _options.BufferSize);

    internal PipePool Pipes => _pipes ??= new PipePool(_options.PipeSize, _options.MaxPipes);

    internal UdpBuffers Udp => _udp ??= new UdpBuffers();

    private static long Clock => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1000);

    public void Start() => _thread.Start();

    /// <summary>
    /// Runs <paramref name="work"/> on the loop's thread: after the present callback when called there, else as soon as the loop comes
    /// to it. In order of posting per thread. After the loop has ended, work runs on the thread pool, so that nobody waits for ever.
    /// Any thread.
    /// </summary>
    public void Post(IThreadPoolWorkItem work)
    {
        if (t_current == this)
        {
            _local.Enqueue(work);
            return;
        }
        _posted.Enqueue(work);
        if (Interlocked.Exchange(ref _asleep, 0) == 1)
            Wake();
        if (_stopped)
            HandOverPosted();
    }

    /// <summary>As <see cref="Post(IThreadPoolWorkItem)"/>, for a delegate.</summary>
    public void Post(Action action) => Post(new ActionWork(action));

    /// <summary>Lets <paramref name="timer"/> come due after <paramref name="delay"/> (rounded up to milliseconds); moves it if it waits already.</summary>
    public void Schedule(LoopTimer timer, TimeSpan delay)
    {
        AssertCurrent();
        Timers.Add(timer, (long)Math.Ceiling(delay.TotalMilliseconds));
    }

    /// <summary>Calls <paramref name="action"/> after <paramref name="delay"/>, unless the result is cancelled before.</summary>
    public LoopTimer Schedule(TimeSpan delay, Action action)
    {
        var timer = new ActionTimer(action);
        Schedule(timer, delay);
        return timer;
    }

    /// <summary>Ends the loop after its present turn: posted work still runs, then every socket is reset. Any thread.</summary>
    public void Stop()
    {
        _stopping = true;
        Wake();
    }

    /// <summary>Stops the loop and waits for its end, unless called on its own thread.</summary>
    public void Dispose()
    {
        if (_thread.ThreadState.HasFlag(System.Threading.ThreadState.Unstarted))
        {
            _stopping = true;
            _thread.Start();
        }
        Stop();
        if (!IsCurrent)
            _thread.Join();
    }

    /// <summary>Puts a descriptor under watch; the result is its slot. Several sockets may be added before <c>epoll_wait</c> at one call each.</summary>
    internal int Watch(IPollable pollable, int fd, uint events)
    {
        var slot = _slots.Take(pollable);
        Descriptors.Claim(pollable.Claim);
        if (Control(Sys.EPOLL_CTL_ADD, fd, events, slot) >= 0)
            return slot;
        var errno = Libc.Error;
        Forget(slot);
        throw new TransportException("epoll_ctl", errno);
    }

    /// <summary>Changes what a descriptor is watched for.</summary>
    internal void Rewatch(int slot, int fd, uint events) => Control(Sys.EPOLL_CTL_MOD, fd, events, slot);

    /// <summary>Lets events of <paramref name="slot"/> go to nobody. Closing the descriptor takes it out of the epoll set.</summary>
    internal void Forget(int slot)
    {
        Descriptors.Claim(-_slots[slot]!.Claim);
        _slots.Release(slot);
    }

    /// <summary>Takes a descriptor out of the set, for those that another process may hold as well.</summary>
    internal void Unwatch(int slot, int fd)
    {
        Control(Sys.EPOLL_CTL_DEL, fd, 0, slot);
        Forget(slot);
    }

    /// <summary>Closes the pipes that wait for use.</summary>
    internal void CloseIdlePipes() => _pipes?.Dispose();

    internal void CountRelayed(long toTarget, long toClient)
    {
        _relayedToTarget += toTarget;
        _relayedToClient += toClient;
    }

    internal void Report(Exception fault)
    {
        _faults++;
        try
        {
            _options.OnFault(this, fault);
        }
        catch (Exception second)
        {
            Console.Error.WriteLine($"loop {Index}: the fault handler failed: {second}");
        }
    }

    [Conditional("DEBUG")]
    internal void AssertCurrent() => Debug.Assert(IsCurrent, "This belongs to the loop's thread.");

    private int Control(int operation, int fd, uint events, int slot)
    {
        var ev = stackalloc byte[EpollEvent.MaxSize];
        EpollEvent.Write(ev, events, (ulong)slot);
        return Libc.epoll_ctl(_epoll, operation, fd, ev);
    }

    /// <summary>Ends the present sleep. Under a lock, because after the loop's end the descriptor's number may be somebody else's.</summary>
    private void Wake()
    {
        ulong one = 1;
        lock (_wakeGate)
        {
            if (_wake >= 0)
                Libc.write(_wake, &one, sizeof(ulong));
        }
    }

    private void Run()
    {
        t_current = this;
        var events = (byte*)NativeMemory.Alloc(EventCapacity, EpollEvent.MaxSize);
        while (!_stopping)
        {
            var count = Libc.epoll_wait(_epoll, events, EventCapacity, Timeout());
            _asleep = 0;
            _iterations++;
            Timers.Now = Clock;
            for (var i = 0; i < count; i++)
                Dispatch(events + i * EpollEvent.Size);
            Timers.Advance();
            RunWork();
            _udp?.Flush();
            _slots.Recycle();
        }
        NativeMemory.Free(events);
        End();
    }

    /// <summary>How long to sleep. Says beforehand that it will, so that whoever posts from now on wakes it.</summary>
    private int Timeout()
    {
        if (_local.Count > 0)
            return 0;
        var delay = Timers.Delay;
        if (delay == 0)
            return 0;
        Interlocked.Exchange(ref _asleep, 1);
        return _posted.IsEmpty && !_stopping ? (int)Math.Min(delay, int.MaxValue) : 0;
    }

    private void Dispatch(byte* ev)
    {
        var slot = (int)EpollEvent.Data(ev);
        if (slot == WakeSlot || _slots[slot] is not { } pollable)
            return;
        _events++;
        try
        {
            pollable.OnEvents(EpollEvent.Events(ev));
        }
        catch (Exception fault)
        {
            Report(fault);
        }
    }

    private void RunWork()
    {
        for (var left = WorkPerTurn; left > 0 && _posted.TryDequeue(out var work); left--)
            Execute(work);
        for (var left = WorkPerTurn; left > 0 && _local.TryDequeue(out var work); left--)
            Execute(work);
    }

    private void Execute(IThreadPoolWorkItem work)
    {
        _workItems++;
        try
        {
            work.Execute();
        }
        catch (Exception fault)
        {
            Report(fault);
        }
    }

    /// <summary>Runs the work that is there, some of what it posts in turn, and leaves the rest to the thread pool.</summary>
    private void End()
    {
        for (var turns = 0; turns < LastTurns && (!_posted.IsEmpty || _local.Count > 0); turns++)
            RunWork();
        foreach (var pollable in _slots.Live())
            pollable.OnLoopStopping();
        _stopped = true;
        t_current = null;
        while (_local.TryDequeue(out var work))
            ThreadPool.UnsafeQueueUserWorkItem(work, false);
        HandOverPosted();
        _pipes?.Dispose();
        _udp?.Dispose();
        Libc.close(_epoll);
        lock (_wakeGate)
        {
            Libc.close(_wake);
            _wake = -1;
        }
        NativeMemory.AlignedFree(_buffer);
        _ended.SetResult();
    }

    private void HandOverPosted()
    {
        while (_posted.TryDequeue(out var work))
            ThreadPool.UnsafeQueueUserWorkItem(work, false);
    }

    private sealed class ActionWork(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }
}
