using Akka.Actor;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>Gives actors their turns. A dispatcher that nobody inhabits is shut down after <see cref="ShutdownTimeout"/>, and may be used again.</summary>
public abstract class MessageDispatcher
{
    public const int DefaultThroughput = 100;

    private const int Unscheduled = 0;
    private const int ShutdownScheduled = 1;
    private const int ShutdownPostponed = 2;

    private long _inhabitants;
    private int _shutdownSchedule;

    protected MessageDispatcher(MessageDispatcherConfigurator configurator) => Configurator = configurator;

    public MessageDispatcherConfigurator Configurator { get; }
    public EventStream EventStream => Configurator.Prerequisites.EventStream;
    public string Id { get; set; } = "";

    /// <summary>User messages per turn, less one.</summary>
    public int Throughput { get; set; } = DefaultThroughput;

    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(1);

    protected long Inhabitants => Volatile.Read(ref _inhabitants);

    public void Schedule(Action run) => ExecuteTask(new ActionRunnable(run));

    public void Schedule(IRunnable run) => ExecuteTask(run);

    /// <summary>An actor moves in and gets its first turn.</summary>
    public virtual void Attach(ActorCell cell)
    {
        Interlocked.Increment(ref _inhabitants);
        cell.Mailbox.Schedule();
    }

    /// <summary>An actor moves out; its mailbox is closed.</summary>
    public virtual void Detach(ActorCell cell)
    {
        try
        {
            if (Interlocked.Decrement(ref _inhabitants) == 0)
                ScheduleShutdown();
        }
        finally
        {
            cell.Mailbox.Close();
        }
    }

    /// <summary>False if the dispatcher refused, which is logged and not the caller's fault.</summary>
    internal bool TryRun(IRunnable run)
    {
        try
        {
            ExecuteTask(run);
            return true;
        }
        catch (Exception e)
        {
            ReportFailure(e);
            return false;
        }
    }

    protected abstract void ExecuteTask(IRunnable run);

    /// <summary>Frees what the dispatcher holds. It comes again, and <see cref="ExecuteTask"/> before it, if new actors move in.</summary>
    protected abstract void Shutdown();

    protected void ReportFailure(Exception ex) => EventStream.Publish(new Error(ex, GetType().FullName!, GetType(), ex.Message));

    private void ScheduleShutdown()
    {
        if (Interlocked.CompareExchange(ref _shutdownSchedule, ShutdownScheduled, Unscheduled) == Unscheduled)
            ShutdownLater();
        else
            Interlocked.CompareExchange(ref _shutdownSchedule, ShutdownPostponed, ShutdownScheduled);
    }

    private void ShutdownLater()
    {
        try
        {
            Configurator.Prerequisites.Scheduler.Advanced.ScheduleOnce(ShutdownTimeout, new PendingShutdown(this));
        }
        catch (SchedulerException)
        {
            // The system is going down and its scheduler is gone.
            Shutdown();
            Volatile.Write(ref _shutdownSchedule, Unscheduled);
        }
    }

    internal void ShutdownIfEmpty()
    {
        if (Interlocked.CompareExchange(ref _shutdownSchedule, ShutdownScheduled, ShutdownPostponed) == ShutdownPostponed)
        {
            ShutdownLater();
            return;
        }

        Volatile.Write(ref _shutdownSchedule, Unscheduled);
        if (Inhabitants == 0)
        {
            try
            {
                Shutdown();
            }
            catch (Exception e)
            {
                ReportFailure(e);
            }
        }
    }
}
