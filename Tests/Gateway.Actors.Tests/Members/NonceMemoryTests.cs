using Gateway.Actors.Members;
using Gateway.Actors.Tests.Fakes;

namespace Gateway.Actors.Tests.Members;

public class NonceMemoryTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(4);

    private readonly FakeTime _time = new();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 240)]
    [InlineData(239, 240)]
    [InlineData(120, 240)]
    public void Nonce_is_remembered_for_its_lifetime_whenever_it_comes(int comes, int later)
    {
        var memory = new NonceMemory(Lifetime, 1_000, _time);
        _time.Advance(TimeSpan.FromSeconds(comes));
        Assert.Equal(NonceResult.New, memory.Add(7));
        _time.Advance(TimeSpan.FromSeconds(later) - TimeSpan.FromTicks(1));
        Assert.Equal(NonceResult.Repeated, memory.Add(7));
    }

    [Theory]
    [InlineData(2 * 240)]
    [InlineData(1_000_000)]
    public void Nonce_is_forgotten_after_two_lifetimes(int later)
    {
        var memory = new NonceMemory(Lifetime, 1_000, _time);
        memory.Add(7);
        _time.Advance(TimeSpan.FromSeconds(later));
        Assert.Equal(NonceResult.New, memory.Add(7));
    }

    [Fact]
    public void Full_memory_forgets_nothing_and_has_room_again_when_time_has_passed()
    {
        var memory = new NonceMemory(Lifetime, 128, _time);
        var added = Enumerable.Range(0, 128).Count(nonce => memory.Add((UInt128)nonce) == NonceResult.New);
        Assert.Equal(128, added);
        Assert.All(Enumerable.Range(128, 128), nonce => Assert.Equal(NonceResult.Full, memory.Add((UInt128)nonce)));
        Assert.All(Enumerable.Range(0, 128), nonce => Assert.Equal(NonceResult.Repeated, memory.Add((UInt128)nonce)));
        _time.Advance(Lifetime);
        Assert.Equal(NonceResult.New, memory.Add(128));
        Assert.Equal(NonceResult.Repeated, memory.Add(0));
    }

    [Fact]
    public void Of_all_threads_one_is_first()
    {
        var memory = new NonceMemory(Lifetime, 1 << 20, _time);
        var firsts = 0;
        Parallel.For(0, 4, _ =>
        {
            for (var nonce = 0; nonce < 20_000; nonce++)
                if (memory.Add((UInt128)nonce * 0x9E3779B97F4A7C15) == NonceResult.New)
                    Interlocked.Increment(ref firsts);
        });
        Assert.Equal(20_000, firsts);
    }
}
