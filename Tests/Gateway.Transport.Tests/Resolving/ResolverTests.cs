using Gateway.Protocol;

namespace Gateway.Transport.Tests;

public sealed class ResolverTests : IDisposable
{
    private static readonly ResolveResult s_found = ResolveResult.Found(IpEndpoint.LoopbackV4);

    private readonly TestLoop _loop = new();
    private readonly FakeNames _names = new();
    private readonly FakeTime _time = new();

    public void Dispose() => _loop.Dispose();

    [Fact]
    public async Task An_answer_comes_on_the_loop_that_asked_and_never_inside_the_asking_call()
    {
        using var resolver = Make();
        _names.Answer("a.example", IpFamily.V4, s_found);
        var asker = new Asker();
        for (var i = 0; i < 2; i++)
        {
            await _loop.On(() =>
            {
                resolver.Lookup(_loop.Loop, "a.example", IpFamily.V4, asker);
                Assert.True(asker.IsEmpty);
            });
            Assert.Equal((s_found, _loop.Loop), await asker.Next());
        }
    }

    [Fact]
    public async Task Who_asks_the_same_at_the_same_time_shares_one_lookup()
    {
        using var resolver = Make();
        var gate = _names.HoldBack("a.example", IpFamily.V6);
        var asker = new Asker();
        for (var i = 0; i < 50; i++)
            await Ask(resolver, i % 2 == 0 ? "a.example" : "A.Example", IpFamily.V6, asker);
        gate.Set();
        for (var i = 0; i < 50; i++)
            Assert.Equal(ResolveStatus.NotFound, (await asker.Next()).Result.Status);
        Assert.Equal(1, _names.Asked);
    }

    [Fact]
    public async Task Answers_are_believed_for_thirty_seconds_and_their_absence_for_five()
    {
        using var resolver = Make();
        _names.Answer("is.example", IpFamily.V4, s_found);
        var asker = new Asker();
        async Task<int> Asked(string name)
        {
            await Ask(resolver, name, IpFamily.V4, asker);
            await asker.Next();
            return _names.Asked;
        }
        Assert.Equal(1, await Asked("is.example"));
        Assert.Equal(2, await Asked("is-not.example"));
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal(2, await Asked("is.example"));
        Assert.Equal(2, await Asked("is-not.example"));
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(2, await Asked("is.example"));
        Assert.Equal(3, await Asked("is-not.example"));
        _time.Advance(TimeSpan.FromSeconds(25));
        Assert.Equal(4, await Asked("is.example"));
    }

    [Fact]
    public async Task A_temporary_failure_is_not_remembered()
    {
        using var resolver = Make();
        _names.Answer("a.example", IpFamily.V4, ResolveResult.Temporary);
        var asker = new Asker();
        for (var i = 1; i <= 3; i++)
        {
            await Ask(resolver, "a.example", IpFamily.V4, asker);
            Assert.Equal(ResolveStatus.Temporary, (await asker.Next()).Result.Status);
            Assert.Equal(i, _names.Asked);
        }
    }

    [Fact]
    public async Task Too_many_waiting_lookups_are_refused_and_the_others_answered()
    {
        using var resolver = Make(new ResolverOptions { Threads = 1, Queue = 2 });
        var gate = _names.HoldBack("slow.example", IpFamily.V4);
        var asker = new Asker();
        await Ask(resolver, "slow.example", IpFamily.V4, asker);
        await _names.Questions.Next();
        await Ask(resolver, "b.example", IpFamily.V4, asker);
        await Ask(resolver, "c.example", IpFamily.V4, asker);
        await Ask(resolver, "d.example", IpFamily.V4, asker);
        Assert.Equal(ResolveStatus.Overloaded, (await asker.Next()).Result.Status);
        gate.Set();
        for (var i = 0; i < 3; i++)
            Assert.Equal(ResolveStatus.NotFound, (await asker.Next()).Result.Status);
    }

    [Fact]
    public async Task A_slow_name_does_not_hold_up_others()
    {
        using var resolver = Make(new ResolverOptions { Threads = 2 });
        using var gate = _names.HoldBack("slow.example", IpFamily.V4);
        _names.Answer("fast.example", IpFamily.V4, s_found);
        var slow = new Asker();
        var fast = new Asker();
        await Ask(resolver, "slow.example", IpFamily.V4, slow);
        await Ask(resolver, "fast.example", IpFamily.V4, fast);
        Assert.Equal(s_found, (await fast.Next()).Result);
        Assert.True(slow.IsEmpty);
        gate.Set();
        await slow.Next();
    }

    [Fact]
    public async Task A_client_whose_names_have_dead_servers_holds_up_nobody_else()
    {
        using var resolver = Make(new ResolverOptions { Threads = 4, ThreadsPerClient = 2 });
        var dead = Enumerable.Range(0, 12).Select(number => $"dead{number}.example").ToList();
        var gates = dead.Select(name => _names.HoldBack(name, IpFamily.V4)).ToList();
        _names.Answer("live.example", IpFamily.V4, s_found);
        var (its, others) = (new Asker(), new Asker());
        foreach (var (number, name) in dead.Index())
            await Ask(resolver, name, IpFamily.V4, its, $"2001:db8::{number + 1}");
        // The name waits in the one's turn, and in the other's, which comes first.
        await Ask(resolver, "live.example", IpFamily.V4, its, "2001:db8::7");
        await Ask(resolver, "live.example", IpFamily.V4, others, "2001:db8:0:1::1");
        Assert.Equal(s_found, (await others.Next()).Result);
        for (var i = 0; i < 5; i++)
        {
            await Ask(resolver, $"none{i}.example", IpFamily.V4, others, "192.0.2.1");
            Assert.Equal(ResolveStatus.NotFound, (await others.Next()).Result.Status);
        }

        gates.ForEach(gate => gate.Set());
        var told = new List<ResolveStatus>();
        while (told.Count < dead.Count + 1)
            told.Add((await its.Next()).Result.Status);
        Assert.Equal(1, told.Count(status => status == ResolveStatus.Found));
        Assert.Equal(12, told.Count(status => status == ResolveStatus.NotFound));
    }

    [Fact]
    public async Task A_client_with_too_many_waiting_lookups_is_refused_alone()
    {
        using var resolver = Make(new ResolverOptions { Threads = 2, ThreadsPerClient = 1, QueuePerClient = 2 });
        using var gate = _names.HoldBack("slow.example", IpFamily.V4);
        var (its, others) = (new Asker(), new Asker());
        await Ask(resolver, "slow.example", IpFamily.V4, its, "192.0.2.1");
        await _names.Questions.Next();
        foreach (var name in new[] { "b.example", "c.example", "d.example" })
            await Ask(resolver, name, IpFamily.V4, its, "192.0.2.1");
        Assert.Equal(ResolveStatus.Overloaded, (await its.Next()).Result.Status);
        await Ask(resolver, "d.example", IpFamily.V4, others, "192.0.2.2");
        Assert.Equal(ResolveStatus.NotFound, (await others.Next()).Result.Status);
        gate.Set();
        for (var i = 0; i < 3; i++)
            Assert.Equal(ResolveStatus.NotFound, (await its.Next()).Result.Status);
    }

    [Fact]
    public async Task A_cancelled_query_hears_nothing_and_others_do()
    {
        using var resolver = Make();
        var gate = _names.HoldBack("a.example", IpFamily.V4);
        var cancelled = new Asker();
        var asker = new Asker();
        await _loop.On(() => resolver.Lookup(_loop.Loop, "a.example", IpFamily.V4, cancelled).Cancel());
        await Ask(resolver, "a.example", IpFamily.V4, asker);
        gate.Set();
        await asker.Next();
        await _loop.On(() => { });
        Assert.True(cancelled.IsEmpty);
    }

    [Fact]
    public async Task The_oldest_answers_are_forgotten_when_there_are_too_many()
    {
        using var resolver = Make(new ResolverOptions { CacheEntries = 3 });
        var asker = new Asker();
        foreach (var name in new[] { "a", "b", "c", "d", "d", "c", "b" })
        {
            await Ask(resolver, name, IpFamily.V4, asker);
            await asker.Next();
        }
        Assert.Equal(4, _names.Asked);
        await Ask(resolver, "a", IpFamily.V4, asker);
        await asker.Next();
        Assert.Equal(5, _names.Asked);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public async Task A_name_that_cannot_exist_is_not_asked_for(string name)
    {
        using var resolver = Make();
        var asker = new Asker();
        await Ask(resolver, name, IpFamily.V4, asker);
        Assert.Equal(ResolveStatus.NotFound, (await asker.Next()).Result.Status);
        Assert.Equal(0, _names.Asked);
    }

    [Fact]
    public async Task A_name_service_that_throws_is_a_temporary_failure()
    {
        using var resolver = new Resolver(names: new Throwing());
        var asker = new Asker();
        await Ask(resolver, "a.example", IpFamily.V4, asker);
        Assert.Equal(ResolveStatus.Temporary, (await asker.Next()).Result.Status);
    }

    [Fact]
    public async Task Addresses_have_names_too()
    {
        using var resolver = Make();
        var asker = new Asker();
        await _loop.On(() => resolver.Reverse(_loop.Loop, IpEndpoint.Parse("192.0.2.1:80"), asker));
        Assert.Equal(ResolveStatus.NotFound, (await asker.Next()).Result.Status);
        Assert.Equal("192.0.2.1:0", await _names.Questions.Next());
    }

    private Resolver Make(ResolverOptions? options = null) => new(options, _names, _time);

    private Task Ask(Resolver resolver, string name, IpFamily family, Asker asker, string client = "0.0.0.0") =>
        _loop.On(() => resolver.Lookup(_loop.Loop, name, family, asker, IpLiteral.Parse(client)));

    private sealed class Asker : Mailbox<(ResolveResult Result, Loop? Loop)>, IResolveHandler
    {
        public void OnResolved(ResolveQuery query, ResolveResult result) => Put((result, Loop.Current));
    }

    private sealed class Throwing : INameService
    {
        public ResolveResult Lookup(string name, IpFamily family) => throw new InvalidOperationException();

        public ResolveResult Reverse(IpEndpoint address) => throw new InvalidOperationException();
    }
}
