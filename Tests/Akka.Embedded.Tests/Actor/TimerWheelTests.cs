using Akka.Actor;

namespace Akka.Embedded.Tests.Actor;

public sealed class TimerWheelTests
{
    private readonly TimerWheel _wheel = new(8);

    [Fact]
    public void Work_is_due_at_its_tick_and_once()
    {
        var work = Work(3);
        Assert.Empty(DueAt(2));
        Assert.Equal([work], DueAt(3));
        Assert.Empty(DueAt(3));
        Assert.Equal(0, _wheel.Count);
    }

    [Fact]
    public void Work_beyond_one_turn_waits_for_its_own()
    {
        var work = Work(3 + 8 * 2);
        Assert.Empty(DueAt(3));
        Assert.Empty(DueAt(11));
        Assert.Equal([work], DueAt(19));
    }

    [Fact]
    public void Work_of_one_tick_keeps_its_order()
    {
        var first = Work(5);
        var second = Work(5);
        Assert.Equal([first, second], DueAt(5));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Removed_work_is_never_due(int removed)
    {
        var work = new[] { Work(5), Work(5), Work(5) };
        _wheel.Remove(work[removed]);
        _wheel.Remove(work[removed]);
        Assert.Equal(2, _wheel.Count);
        Assert.Equal(work.Where((_, index) => index != removed), DueAt(5));
    }

    private ScheduledWork Work(long due)
    {
        var work = new ScheduledWork(() => { }, null, null, due, 0, null);
        _wheel.Add(work);
        return work;
    }

    private List<ScheduledWork> DueAt(long tick)
    {
        var due = new List<ScheduledWork>();
        _wheel.TakeDue(tick, due);
        return due;
    }
}
