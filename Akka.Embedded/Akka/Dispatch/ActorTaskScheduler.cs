using System.Runtime.ExceptionServices;
using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

/// <summary>
/// Brings the continuations of an actor's asynchronous work back to the actor, as system messages. While a handler's task is
/// running the mailbox is suspended, so no other message comes in between.
/// </summary>
public class ActorTaskScheduler : TaskScheduler
{
    private readonly ActorCell _cell;
    private object? _message;
    private IActorRef? _sender;

    internal ActorTaskScheduler(ActorCell cell) => _cell = cell;

    /// <summary>The message whose handler is still at work.</summary>
    public object CurrentMessage => _message!;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs <paramref name="action"/> after the current handler, before the next message.</summary>
    public static void RunTask(Action action) => RunTask(() =>
    {
        action();
        return Task.CompletedTask;
    });

    /// <inheritdoc cref="RunTask(Action)"/>
    public static void RunTask(Func<Task> asyncAction)
    {
        var cell = RequireCell();
        var scheduler = cell.TaskScheduler;
        scheduler.Begin();
        var task = Task.Factory.StartNew(asyncAction, CancellationToken.None, TaskCreationOptions.None, scheduler).Unwrap();
        scheduler.CompleteAfter(task);
    }

    /// <summary>Runs <paramref name="asyncAction"/> as the last thing of the current handler: at once, and suspending only if it is not done then.</summary>
    internal static void RunHandler(Func<Task> asyncAction)
    {
        var cell = RequireCell();
        var scheduler = cell.TaskScheduler;
        var outer = new Task<Task>(asyncAction);
        outer.RunSynchronously(scheduler);
        var task = outer.IsCompletedSuccessfully ? outer.Result : outer;
        if (task.IsCompletedSuccessfully)
            return;
        if (task.IsCompleted)
            Rethrow(task);
        scheduler.Begin();
        scheduler.CompleteAfter(task);
    }

    internal void Execute(Task task)
    {
        if (_message is not null)
            _cell.Restore(_message, _sender);
        TryExecuteTask(task);
    }

    protected override void QueueTask(Task task) => _cell.Mailbox.PostSystem(new ActorTask(task));

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ActorCell.Current == _cell && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    private static ActorCell RequireCell() =>
        ActorCell.Current ?? throw new InvalidOperationException("RunTask must be called from an actor context.");

    private void Begin()
    {
        _cell.Mailbox.Suspend();
        _message = _cell.CurrentMessage;
        _sender = _cell.CurrentSender;
    }

    private void CompleteAfter(Task task) => task.ContinueWith(
        static (done, state) => ((ActorTaskScheduler)state!).Complete(done), this, CancellationToken.None, TaskContinuationOptions.None, this);

    private void Complete(Task task)
    {
        _message = null;
        _sender = null;
        _cell.Mailbox.Resume();
        _cell.AsyncHandlerDone(Failure(task));
    }

    private static void Rethrow(Task task) => ExceptionDispatchInfo.Throw(Failure(task)!);

    private static Exception? Failure(Task task) => task.Status switch
    {
        TaskStatus.RanToCompletion => null,
        TaskStatus.Canceled => new TaskCanceledException(task),
        _ when task.Exception!.InnerExceptions is [var only] => only,
        _ => task.Exception,
    };
}
