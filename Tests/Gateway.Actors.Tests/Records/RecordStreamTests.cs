using Akka.Actor;
using Gateway.Actors.Records;
using Gateway.Actors.Sessions;
using Gateway.Actors.Tests.Fakes;
using Testing;

namespace Gateway.Actors.Tests.Records;

public sealed class RecordStreamTests : IAsyncLifetime
{
    private readonly ActorSystem _system = ActorSystem.Create("records", "akka { loglevel = OFF, stdout-loglevel = OFF }");

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public async Task Every_record_arrives_once_and_in_order()
    {
        var log = new GatedLog();
        var stream = new RecordStream(_system, log, TimeProvider.System);
        log.Open();
        for (var id = 0; id < 10_000; id++)
            stream.Add(Record(id));
        await stream.CompleteAsync().WaitAsync(Eventually.Patience);
        Assert.Equal(Enumerable.Range(0, 10_000).Select(id => (long)id), log.Taken);
        Assert.Equal(0, stream.Dropped);
    }

    [Fact]
    public async Task A_log_that_takes_nothing_holds_up_nobody_and_what_it_costs_is_counted()
    {
        var log = new GatedLog();
        var stream = new RecordStream(_system, log, TimeProvider.System, capacity: 100);
        for (var id = 0; id < 10_000; id++)
            stream.Add(Record(id));
        Assert.True(stream.Dropped > 0);
        log.Open();
        await stream.CompleteAsync().WaitAsync(Eventually.Patience);
        Assert.Equal(10_000, log.Taken.Count + stream.Dropped);
        Assert.Equal(log.Taken.Order(), log.Taken);
    }

    [Fact]
    public async Task A_log_that_takes_nothing_does_not_keep_the_gateway_from_ending()
    {
        var log = new GatedLog();
        var stream = new RecordStream(_system, log, new HastyTime());
        stream.Add(Record(1));
        await stream.CompleteAsync().WaitAsync(Eventually.Patience);
        Assert.Empty(log.Taken);
        log.Open();
    }

    [Fact]
    public async Task What_closes_after_the_end_is_counted_as_lost()
    {
        var log = new GatedLog();
        log.Open();
        var stream = new RecordStream(_system, log, TimeProvider.System);
        await stream.CompleteAsync().WaitAsync(Eventually.Patience);
        stream.Add(Record(1));
        Assert.Equal(1, stream.Dropped);
    }

    [Fact]
    public async Task A_log_that_fails_ends_the_stream_and_what_comes_later_is_counted_as_lost()
    {
        var log = new GatedLog();
        var stream = new RecordStream(_system, log, TimeProvider.System);
        stream.Add(Record(1));
        log.Break();
        await Eventually.Holds(() =>
        {
            stream.Add(Record(2));
            return stream.Dropped > 0;
        }, () => "records are still taken");
        await stream.CompleteAsync().WaitAsync(Eventually.Patience);
        Assert.Empty(log.Taken);
    }

    [Fact]
    public async Task Sessions_that_the_end_of_the_gateway_cuts_are_recorded()
    {
        var records = new SessionRecords();
        var gateway = GatewayHost.Start(Settings.Files.Read("""socks64.listeners = [{ address = "127.0.0.1:0", auth = [none] }]"""), records, Akka.Configuration.ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF }"), loops: 2);
        using var client = await SocksTestClient.ConnectAsync(gateway.Listening[0]);
        await client.GreetAsync(Protocol.AuthMethod.NoAuthentication);
        await gateway.DisposeAsync().AsTask().WaitAsync(Eventually.Patience);
        Assert.True(records.TryNext(out var record));
        Assert.Equal("the gateway stopped it", record.Reason);
    }

    private static SessionRecord Record(long id) => new()
    {
        Id = id,
        TraceId = default,
        Started = DateTimeOffset.UnixEpoch,
        Client = default,
        Listener = default,
        Reason = "",
    };

    /// <summary>Takes nothing until it is open.</summary>
    private sealed class GatedLog : ISessionLog
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<long> Taken { get; } = [];

        public void Open() => _open.SetResult();

        public void Break() => _open.SetException(new IOException("no space left"));

        public async Task WriteAsync(IReadOnlyList<SessionRecord> closed)
        {
            await _open.Task;
            Taken.AddRange(closed.Select(record => record.Id));
        }
    }
}
