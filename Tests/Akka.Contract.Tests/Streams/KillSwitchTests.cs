using Akka.Streams;
using Akka.Streams.Dsl;

namespace Akka.Contract.Tests.Streams;

public class KillSwitchTests : StreamTest
{
    [Fact]
    public async Task A_switch_completes_its_stream()
    {
        var ((queue, killSwitch), result) = Source.Queue<int>(10, OverflowStrategy.Backpressure).ViaMaterialized(KillSwitches.Single<int>(), Keep.Both)
            .ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(Materializer);

        await Soon(queue.OfferAsync(1));
        killSwitch.Shutdown();

        await Soon(result);
        await Soon(queue.WatchCompletionAsync());
    }

    [Fact]
    public async Task A_switch_may_fail_its_stream()
    {
        var (killSwitch, result) = Source.Queue<int>(10, OverflowStrategy.Backpressure).ViaMaterialized(KillSwitches.Single<int>(), Keep.Right)
            .ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(Materializer);

        killSwitch.Abort(new TimeoutException());

        await Failure<TimeoutException>(result);
    }

    [Fact]
    public async Task A_shared_switch_ends_all_its_streams_and_later_ones_too()
    {
        var killSwitch = KillSwitches.Shared("all");
        var stream = Source.Queue<int>(10, OverflowStrategy.Backpressure).Via(killSwitch.Flow<int>()).ToMaterialized(Sink.Seq<int>(), Keep.Right);
        var first = stream.Run(Materializer);
        var second = stream.Run(Materializer);
        await StaysOpen(Task.WhenAny(first, second));

        killSwitch.Shutdown();

        await Soon(first);
        await Soon(second);
        await Soon(stream.Run(Materializer));
    }
}
