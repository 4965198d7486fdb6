using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Gateway.Node.Status.Json;

namespace Gateway.Node.Status;

/// <summary>
/// Events of gateways as they happen, for one reader. Each gateway is asked for what comes next, and keeps its answer back until something
/// does; who joins is followed too, who leaves no more.
/// </summary>
/// <param name="answers">Asks the gateways.</param>
/// <param name="names">The gateways to follow, at any time.</param>
/// <param name="places">How far the reader is.</param>
internal sealed class ClusterEvents(ClusterAnswers answers, Func<IEnumerable<string>> names, EventPlaces places)
{
    /// <summary>Less than gateways are waited for.</summary>
    private const int WaitMs = 1000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>A reader that is slower than the gateways holds up those that ask, and loses nothing that is kept there.</summary>
    private readonly Channel<(EventJson News, EventsJson From)> _news = Channel.CreateBounded<(EventJson, EventsJson)>(200);

    /// <summary>Without end, with the place behind each. Null after a while without any.</summary>
    public async IAsyncEnumerable<(EventJson News, EventPlaces Places)?> FollowAsync(TimeSpan silence, [EnumeratorCancellation] CancellationToken gone)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(gone);
        var following = FollowAllAsync(end.Token);
        try
        {
            var reached = places;
            while (true)
            {
                while (_news.Reader.TryRead(out var read))
                {
                    reached = reached.With(read.News.Node, read.From.Started ?? default, read.News.Number);
                    yield return (read.News, reached);
                }
                yield return null;
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(gone);
                patience.CancelAfter(silence);
                try
                {
                    await _news.Reader.WaitToReadAsync(patience.Token);
                }
                catch (OperationCanceledException) when (!gone.IsCancellationRequested)
                {
                    // Time for a sign of life.
                }
            }
        }
        finally
        {
            await end.CancelAsync();
            await following;
        }
    }

    private async Task FollowAllAsync(CancellationToken end)
    {
        Dictionary<string, Task> followed = [];
        while (!end.IsCancellationRequested)
        {
            foreach (var (name, _) in followed.Where(each => each.Value.IsCompleted).ToList())
                followed.Remove(name);
            foreach (var name in names().Except(followed.Keys).ToList())
                followed.Add(name, FollowAsync(name, end));
            await Task.Delay(Pause, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await Task.WhenAll(followed.Values);
    }

    /// <summary>Until it is a member no more.</summary>
    private async Task FollowAsync(string name, CancellationToken end)
    {
        try
        {
            var place = places.At(name);
            while ((await answers.Events(name, new(place?.Last ?? 0, place?.Life, WaitMs))).Nodes is [var answer, ..])
            {
                foreach (var news in answer.Events)
                {
                    await _news.Writer.WriteAsync((news, answer), end);
                    place = new(answer.Started?.ToUnixTimeMilliseconds() ?? 0, news.Number);
                }
                // One that cannot be had, or does not know how to wait, is not asked without a pause.
                if (answer.Error is not null || answer.Events.Count == 0 && answer.Started is null)
                    await Task.Delay(Pause, end);
                end.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            // The reader has left.
        }
    }
}
