using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Gateway.Actors.Members;

/// <summary>
/// Keeps the gateway in its cluster. Akka lets nobody back in who was removed, so an actor system of its own is the member; whenever its life ends
/// (given up by the others, or for the sake of another cluster) a next one is born and joins, for as long as the gateway serves. Sessions live
/// elsewhere and notice nothing of it: <see cref="TopologyBoard"/> and <see cref="Chains.LegHealth"/> outlive every life.
/// </summary>
internal sealed class ClusterMembership
{
    private const string MemberPath = "/user/" + MemberActor.Name;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly MemberTerms _terms;
    private readonly Config _configuration;
    private readonly IReadOnlyList<MemberPart> _parts;
    private readonly ILoggingAdapter _log;
    private readonly CancellationTokenSource _leaving = new();
    private readonly Lock _gate = new();
    private readonly Task _lives;
    private ActorSystem? _life;
    private string? _hint;

    /// <summary>Begins the first life, and goes on by itself.</summary>
    /// <param name="terms">What all lives share; <see cref="MemberTerms.YieldTo"/> is set here.</param>
    /// <param name="configuration">From <see cref="MemberSystem.Configure"/>.</param>
    /// <param name="parts">What else lives in the member system.</param>
    /// <param name="log">For what happens between lives.</param>
    /// <param name="mayBegin">When the first life may begin: two processes cannot be one member.</param>
    public ClusterMembership(MemberTerms terms, Config configuration, IReadOnlyList<MemberPart> parts, ILoggingAdapter log, Task mayBegin)
    {
        (_configuration, _parts, _log) = (configuration, parts, log);
        _terms = terms with { YieldTo = YieldTo };
        _lives = Task.Run(() => LiveAsync(mayBegin));
    }

    /// <summary>The present life; null between two of them.</summary>
    public ActorSystem? Life => Volatile.Read(ref _life);

    /// <summary>The present life is in the cluster.</summary>
    public bool IsJoined => _terms.Roster.IsJoined;

    /// <summary>How many lives have begun.</summary>
    public int Lives { get; private set; }

    /// <summary>Tells all others at once that this node takes no new connections, or that it takes them again.</summary>
    public void AnnounceDraining(bool isDraining = true)
    {
        _terms.Identity.IsDraining = isDraining;
        Announce();
    }

    /// <summary>Tells all others at once what this node says of itself by now.</summary>
    public void Announce() => Life?.ActorSelection(MemberPath).Tell(AnnounceNow.Instance);

    /// <summary>Leaves the cluster in good order; no life follows.</summary>
    /// <param name="isFollowed">Another process goes on with this node: the others do not hear a farewell, and use it as before.</param>
    public async Task LeaveAsync(bool isFollowed = false)
    {
        await _leaving.CancelAsync().ConfigureAwait(false);
        ActorSystem? life;
        lock (_gate)
            life = _life;
        if (life is not null)
        {
            try
            {
                await life.ActorSelection(MemberPath).Ask<Akka.Done>(isFollowed ? FallSilent.Instance : SayFarewell.Instance, TimeSpan.FromSeconds(1)).ConfigureAwait(false);
            }
            catch (Exception e) when (e is AskTimeoutException or TaskCanceledException)
            {
                _log.Debug("the cluster was left without a farewell: {0}", e.Message);
            }
            await life.Terminate().ConfigureAwait(false);
        }
        await _lives.ConfigureAwait(false);
    }

    /// <summary>Lets no further life follow the present one, and says nothing to anybody.</summary>
    internal void Abandon() => _leaving.Cancel();

    /// <summary>Takes in what another process knew of the members, before the first life begins, which then joins their cluster.</summary>
    public void Inherit(IReadOnlyList<MemberAnnouncement> members)
    {
        foreach (var member in members)
            _terms.Roster.Hear(new Greeting(member, ClusterView.None, CountsYou: false), _terms.Now);
        _hint = members.FirstOrDefault(member => !member.IsDraining)?.Incarnation.Address;
    }

    private async Task LiveAsync(Task mayBegin)
    {
        await mayBegin.WaitAsync(_leaving.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var pause = ShortestPause;
        while (!_leaving.IsCancellationRequested)
        {
            var born = _terms.Now;
            try
            {
                await Begin().WhenTerminated.ConfigureAwait(false);
            }
            catch (Exception e)
            {
                _log.Error("this node cannot be a member of its cluster: {0}; it serves alone and tries again", e.GetBaseException().Message);
            }
            lock (_gate)
                _life = null;
            if (_leaving.IsCancellationRequested)
                return;
            pause = _hint is not null || _terms.Now - born > LongestPause ? ShortestPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
            await Task.Delay(pause, _leaving.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A life that ends at once when the node leaves already.</summary>
    private ActorSystem Begin()
    {
        var life = ActorSystem.Create(MemberSystem.Name, _configuration);
        lock (_gate)
        {
            if (_leaving.IsCancellationRequested)
            {
                _ = life.Terminate();
                return life;
            }
            var hint = _hint;
            (_life, _hint) = (life, null);
            Lives++;
            foreach (var part in _parts)
                life.ActorOf(part.Props, part.Name);
            life.ActorOf(Props.Create(() => new MemberActor(_terms, hint)), MemberActor.Name);
            return life;
        }
    }

    private void YieldTo(string other)
    {
        lock (_gate)
        {
            _hint = other;
            _ = _life?.Terminate();
        }
    }
}
