using Akka.Configuration;
using Gateway.Actors.AddressIds;
using Gateway.Actors.Handover;
using Gateway.Actors.Records;
using Gateway.Actors.Settings;
using Gateway.Transport;

namespace Gateway.Actors;

/// <summary>A gateway that goes from one process to another: the listening sockets, the place in the cluster, ADDRESS IDs.</summary>
public sealed partial class GatewayHost
{
    /// <summary>
    /// Goes on with the listeners of another process, which serves until this one is opened (<see cref="OpenAsync"/>) and is in the cluster
    /// until this one joins it (<see cref="JoinCluster"/>).
    /// </summary>
    /// <param name="estate">What the other process leaves. What is not taken of it stays the caller's.</param>
    /// <exception cref="TransportException">The address of a listener that the other process does not have is in use, not ours or not permitted.</exception>
    public static GatewayHost Succeed(Estate estate, GatewaySettings settings, ISessionLog log, Config akka, int loops = 0) =>
        new(settings, log, akka, loops, TimeProvider.System, names: null, estate);

    /// <summary>Begins to accept. Returns when whoever connects is accepted.</summary>
    public Task OpenAsync() => Doorkeeper.BeginAsync();

    /// <summary>Becomes a member of the cluster, if it shall be in one. The first call counts.</summary>
    public void JoinCluster()
    {
        if (_mayJoin.Task.IsCompleted)
            return;
        _membership?.Inherit(_inheritedMembers);
        _mayJoin.TrySetResult();
    }

    /// <summary>Takes in ADDRESS IDs that another process gave for this gateway; the other members hear of them too.</summary>
    internal void Inherit(IReadOnlyList<AddressIdCopy> copies)
    {
        foreach (var copy in copies)
        {
            var isTaken = _ids.TryTake(copy, _time.GetElapsedTime(0), out var isNewsToAll);
            if (isNewsToAll)
                _sharing.Pass(copy with { Standing = AddressIdStanding.Contested, Age = TimeSpan.Zero });
            else if (isTaken)
                _sharing.Pass(copy);
        }
    }

    /// <summary>
    /// Hands the listeners and all that is known over to another process, and accepts no more once that process does.
    /// <see cref="LeaveClusterAsync"/> comes next. Live sessions go on; <see cref="DrainAsync"/> waits for them.
    /// </summary>
    /// <param name="successor">The other process.</param>
    /// <param name="estate">What else it gets; it stays the caller's.</param>
    /// <param name="cancellation">Ends the attempt as long as the other process does not accept.</param>
    /// <exception cref="HandoverException">The other process does not go on with it. Nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">This gateway drains, or is about to end. Nothing has changed.</exception>
    /// <exception cref="OperationCanceledException">Nothing has changed.</exception>
    public async Task HandOverAsync(Successor successor, Estate estate, CancellationToken cancellation)
    {
        var feed = new AddressIdFeed(_ids, _time);
        try
        {
            await Doorkeeper.HandOverAsync(listeners =>
            {
                estate.Listeners.AddRange(listeners);
                estate.Members.AddRange(Topology.Current.Others.Where(member => member.IsReachable).Select(member => member.Announced));
                estate.AddressIds.AddRange(feed.Everything());
                return successor.OfferAsync(estate, cancellation);
            }).ConfigureAwait(false);
        }
        catch
        {
            feed.Dispose();
            throw;
        }
        _ = feed.RunAsync(successor.Tell);
    }

    /// <summary>Leaves the cluster to the process that goes on with this gateway; the other members go on using its listeners.</summary>
    public Task LeaveClusterAsync() => _membership?.LeaveAsync(isFollowed: true) ?? Task.CompletedTask;
}
