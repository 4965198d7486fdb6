using System.Threading.Channels;
using Akka.Actor;
using Akka.Streams;

namespace Akka.Contract.Tests.Streams;

/// <summary>A system and a materializer for each test.</summary>
public abstract class StreamTest : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    protected ActorSystem System { get; } = ActorSystem.Create("streams", "akka { loglevel = OFF, stdout-loglevel = OFF }");

    protected ActorMaterializer Materializer { get; private set; } = null!;

    public Task InitializeAsync()
    {
        Materializer = System.Materializer();
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => System.Terminate();

    protected static Task<T> Soon<T>(Task<T> task) => task.WaitAsync(Patience);

    protected static Task Soon(Task task) => task.WaitAsync(Patience);

    /// <summary>
    /// Whether the task is still under way after the stream had a while for it; a task that is done too early is a failure for sure.
    /// </summary>
    protected static async Task StaysOpen(Task task)
    {
        await Task.WhenAny(task, Task.Delay(100));
        Assert.False(task.IsCompleted);
    }

    /// <summary>The exception of a failed task, without the wrappers in which the two engines differ.</summary>
    protected static async Task<T> Failure<T>(Task task) where T : Exception
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Soon(task));
        return Assert.IsType<T>(failure.GetBaseException());
    }

    /// <summary>An actor whose messages the test reads.</summary>
    protected (IActorRef Actor, ChannelReader<object> Messages) NewListener()
    {
        var messages = Channel.CreateUnbounded<object>();
        return (System.ActorOf(Props.Create(() => new Listener(messages.Writer))), messages.Reader);
    }

    protected static async Task<object> Next(ChannelReader<object> messages) => await messages.ReadAsync().AsTask().WaitAsync(Patience);

    private sealed class Listener(ChannelWriter<object> messages) : UntypedActor
    {
        protected override void OnReceive(object message) => messages.TryWrite(message);
    }
}
