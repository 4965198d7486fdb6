using Akka.Actor;

namespace Akka.Bench;

internal static class RemoteTellBench
{
    private const int Tells = 500_000;

    public static async Task RunAsync()
    {
        var pair = new RemotePair();
        var done = new SemaphoreSlim(0);
        pair.There.ActorOf(Props.Create(() => new Counter(done)), "counter");
        var counter = await pair.Find("counter");
        await Measure.RunAsync("remote tell", Tells, async () =>
        {
            for (var i = 0; i < Tells; i++)
                counter.Tell("hello", ActorRefs.NoSender);
            await done.WaitAsync();
        });
        await pair.End();
    }

    private sealed class Counter(SemaphoreSlim done) : UntypedActor
    {
        private int _count;

        protected override void OnReceive(object message)
        {
            if (++_count % Tells == 0)
                done.Release();
        }
    }
}
