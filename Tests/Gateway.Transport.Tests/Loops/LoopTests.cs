using System.Collections.Concurrent;

namespace Gateway.Transport.Tests;

public sealed class LoopTests : IDisposable
{
    private readonly TestLoop _loop = new();

    public void Dispose() => _loop.Dispose();

    [Fact]
    public async Task Work_from_many_threads_runs_on_the_loops_thread_once_and_in_each_threads_order()
    {
        const int threads = 8, each = 20_000;
        var seen = new ConcurrentQueue<(int Thread, int Number, bool OnLoop)>();
        var posters = Enumerable.Range(0, threads).Select(thread => Task.Factory.StartNew(() =>
        {
            for (var i = 0; i < each; i++)
            {
                var number = i;
                _loop.Loop.Post(() => seen.Enqueue((thread, number, _loop.Loop.IsCurrent)));
            }
        }, TaskCreationOptions.LongRunning)).ToArray();
        await Task.WhenAll(posters).WaitAsync(TestLoop.Patience);
        await _loop.On(() => { });

        Assert.Equal(threads * each, seen.Count);
        Assert.All(seen, item => Assert.True(item.OnLoop));
        foreach (var thread in seen.GroupBy(item => item.Thread))
            Assert.Equal(Enumerable.Range(0, each), thread.Select(item => item.Number));
    }

    [Fact]
    public async Task Work_posted_on_the_loop_runs_after_the_present_work_and_before_anything_posted_later()
    {
        var order = new Mailbox<string>();
        await _loop.On(() =>
        {
            _loop.Loop.Post(() => order.Put("second"));
            _loop.Loop.Post(() => order.Put("third"));
            order.Put("first");
        });
        Assert.Equal(["first", "second", "third"], [await order.Next(), await order.Next(), await order.Next()]);
    }

    [Fact]
    public async Task Work_that_posts_itself_for_ever_does_not_keep_timers_from_running()
    {
        var done = new TaskCompletionSource();
        var stop = false;
        void Again()
        {
            if (!stop)
                _loop.Loop.Post(Again);
        }
        await _loop.On(() =>
        {
            Again();
            _loop.Loop.Schedule(TimeSpan.FromMilliseconds(5), () => { stop = true; done.SetResult(); });
        });
        await done.Task.WaitAsync(TestLoop.Patience);
    }

    [Fact]
    public async Task An_exception_in_work_or_a_timer_is_reported_and_the_loop_goes_on()
    {
        _loop.Loop.Post(() => throw new InvalidOperationException("work"));
        var done = new TaskCompletionSource();
        await _loop.On(() =>
        {
            _loop.Loop.Schedule(TimeSpan.FromMilliseconds(1), () => throw new InvalidOperationException("timer"));
            _loop.Loop.Schedule(TimeSpan.FromMilliseconds(2), done.SetResult);
        });
        await done.Task.WaitAsync(TestLoop.Patience);
        Assert.Equal(["work", "timer"], _loop.Faults.Select(fault => fault.Message));
        Assert.Equal(2, _loop.Loop.Counters.Faults);
    }

    [Fact]
    public async Task A_timer_runs_when_its_time_has_come_by_the_loops_clock()
    {
        var ran = new TaskCompletionSource<long>();
        var scheduled = await _loop.On(() =>
        {
            _loop.Loop.Schedule(TimeSpan.FromMilliseconds(30), () => ran.SetResult(_loop.Loop.Milliseconds));
            return _loop.Loop.Milliseconds;
        });
        Assert.True(await ran.Task.WaitAsync(TestLoop.Patience) >= scheduled + 30);
    }

    [Fact]
    public async Task After_its_end_posted_work_still_runs_somewhere()
    {
        _loop.Loop.Dispose();
        await _loop.Loop.Ended;
        var ran = new TaskCompletionSource<bool>();
        _loop.Loop.Post(() => ran.SetResult(_loop.Loop.IsCurrent));
        Assert.False(await ran.Task.WaitAsync(TestLoop.Patience));
    }

    [Fact]
    public async Task Stopping_an_ended_loop_again_touches_no_descriptor()
    {
        _loop.Loop.Dispose();
        using var other = new TestLoop();
        using var pair = await TcpPair.Open(other);
        using var second = await TcpPair.Open(other);
        for (var i = 0; i < 3; i++)
            _loop.Loop.Stop();
        await other.On(() => pair.Connection.Send("x"u8) && second.Connection.Send("y"u8));
        await other.On(() =>
        {
            pair.Connection.Close();
            second.Connection.Close();
        });
        Assert.Equal("x"u8.ToArray(), pair.Peer.ReadToEnd());
        Assert.Equal("y"u8.ToArray(), second.Peer.ReadToEnd());
    }

    [Fact]
    public async Task Work_that_posts_itself_for_ever_does_not_keep_a_loop_from_ending()
    {
        var done = false;
        void Again()
        {
            if (!Volatile.Read(ref done))
                _loop.Loop.Post(Again);
        }
        await _loop.On(Again);
        _loop.Loop.Stop();
        await _loop.Loop.Ended.WaitAsync(TestLoop.Patience);
        Volatile.Write(ref done, true);
    }

    [Fact]
    public void Every_loop_of_a_group_knows_its_index_and_itself()
    {
        using var group = new LoopGroup(3);
        using var seen = new CountdownEvent(3);
        foreach (var loop in group)
            loop.Post(() => { if (Loop.Current == loop && group[loop.Index] == loop) seen.Signal(); });
        Assert.True(seen.Wait(TestLoop.Patience));
        Assert.Null(Loop.Current);
    }

    [Fact]
    public async Task An_idle_loop_does_not_turn()
    {
        await _loop.On(() => { });
        var before = await _loop.On(() => _loop.Loop.Counters.Iterations);
        var after = await _loop.On(() => _loop.Loop.Counters.Iterations);
        Assert.InRange(after - before, 0, 2);
    }

    [Fact]
    public async Task Stopping_resets_the_sockets_and_tells_their_handlers()
    {
        var handler = new RecordingHandler();
        using var pair = await TcpPair.Open(_loop, handler);
        _loop.Loop.Dispose();
        Assert.Equal(CloseKind.LoopStopped, Assert.IsType<CloseReason>(await handler.Next()).Kind);
        Assert.Throws<System.Net.Sockets.SocketException>(() => pair.Peer.Read(1));
    }
}
