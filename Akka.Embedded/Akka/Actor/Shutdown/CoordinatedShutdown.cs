using System.Collections.Concurrent;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The order in which a system goes down: phases, each with tasks that run side by side, each phase after those it depends on.
/// </summary>
public sealed partial class CoordinatedShutdown : IExtension
{
    private readonly IReadOnlyDictionary<string, ShutdownPhase> _phases;
    private readonly IReadOnlyList<string> _ordered;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<ShutdownTask>> _tasks = new();
    private readonly TaskCompletionSource<Done> _run = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILoggingAdapter _log;
    private Reason? _reason;

    internal CoordinatedShutdown(ExtendedActorSystem system, IReadOnlyDictionary<string, ShutdownPhase> phases)
    {
        System = system;
        _phases = phases;
        _ordered = ShutdownPhases.Order(phases);
        _log = Logging.GetLogger(system, this);
    }

    public ExtendedActorSystem System { get; }

    /// <summary>Null until <see cref="Run"/>.</summary>
    public Reason ShutdownReason => Volatile.Read(ref _reason)!;

    /// <summary>The sum of the timeouts of all phases that have tasks.</summary>
    public TimeSpan TotalTimeout => _tasks.Keys.Aggregate(TimeSpan.Zero, (sum, phase) => sum + Timeout(phase));

    public static CoordinatedShutdown Get(ActorSystem sys) => sys.WithExtension<CoordinatedShutdown, CoordinatedShutdownExtension>();

    /// <summary>May be called until the phase begins, by tasks of earlier phases too.</summary>
    /// <exception cref="ArgumentException">There is no such phase.</exception>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        RequirePhase(phase);
        ArgumentException.ThrowIfNullOrEmpty(taskName);
        _tasks.GetOrAdd(phase, _ => new()).Enqueue(new ShutdownTask(taskName, task));
    }

    /// <summary>How long the phase may take.</summary>
    public TimeSpan Timeout(string phase)
    {
        RequirePhase(phase);
        return _phases[phase].Timeout;
    }

    /// <summary>Runs the phases once; later calls get the same task.</summary>
    /// <param name="reason">Why; the tasks can read it.</param>
    /// <param name="fromPhase">Skips what comes before it.</param>
    public Task<Done> Run(Reason reason, string? fromPhase = null)
    {
        if (fromPhase is not null)
            RequirePhase(fromPhase);
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
        {
            _log.Debug("Performing shutdown because of {0}", reason.GetType().Name);
            _ = Task.Run(() => RunFrom(fromPhase));
        }

        return _run.Task;
    }

    private async Task RunFrom(string? fromPhase)
    {
        try
        {
            foreach (var phase in fromPhase is null ? _ordered : _ordered.SkipWhile(name => name != fromPhase))
                await RunPhase(phase, _phases[phase]).ConfigureAwait(false);
            _run.TrySetResult(Done.Instance);
        }
        catch (Exception e)
        {
            _run.TrySetException(e);
        }
    }

    private async Task RunPhase(string name, ShutdownPhase phase)
    {
        if (!phase.Enabled || !_tasks.TryGetValue(name, out var tasks))
        {
            _log.Debug("Performing phase [{0}] with [0] tasks.", name);
            return;
        }

        _log.Debug("Performing phase [{0}] with [{1}] tasks: [{2}]", name, tasks.Count, string.Join(", ", tasks.Select(task => task.Name)));
        var all = Task.WhenAll(tasks.Select(task => RunTask(name, phase, task)));
        try
        {
            await all.WaitAsync(phase.Timeout).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!all.IsCompleted)
        {
            if (!phase.Recover)
                throw new TimeoutException($"Coordinated shutdown phase [{name}] timed out after [{phase.Timeout}]");
            _log.Warning("Coordinated shutdown phase [{0}] timed out after [{1}]", name, phase.Timeout);
        }
    }

    private async Task RunTask(string phaseName, ShutdownPhase phase, ShutdownTask task)
    {
        try
        {
            await task.Run().ConfigureAwait(false);
        }
        catch (Exception e) when (phase.Recover)
        {
            _log.Warning("Task [{0}] failed in phase [{1}]: {2}", task.Name, phaseName, e.Message);
        }
    }

    private void RequirePhase(string phase)
    {
        if (!_phases.ContainsKey(phase))
            throw new ConfigurationException(
                $"Unknown phase [{phase}], known phases [{string.Join(",", _ordered)}]. All phases (along with their optional dependencies) must be defined in configuration.");
    }
}
