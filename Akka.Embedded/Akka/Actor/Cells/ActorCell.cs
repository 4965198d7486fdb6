using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The life behind a reference: mailbox, instance, behaviour, children, watchers. The parts of this class follow the features:
/// <c>.Lifecycle</c>, <c>.Faults</c>, <c>.Children</c>, <c>.DeathWatch</c>, <c>.Messages</c>, <c>.ReceiveTimeout</c>.
/// </summary>
public partial class ActorCell : IUntypedActorContext
{
    public const int UndefinedUid = 0;

    [ThreadStatic]
    private static ActorCell? _current;

    private ActorBase? _actor;
    private Receive? _behavior;
    private Stack<Receive?>? _behaviorStack;
    private ActorTaskScheduler? _taskScheduler;

    internal ActorCell(ActorSystemImpl system, IInternalActorRef self, Props props, MessageDispatcher dispatcher, IInternalActorRef parent)
    {
        SystemImpl = system;
        Self = self;
        Props = props;
        Dispatcher = dispatcher;
        Parent = parent;
        Mailbox = new Mailbox(this);
        Children = ChildrenContainer.Empty;
    }

    public ActorSystemImpl SystemImpl { get; }
    public ActorSystem System => SystemImpl;
    public IActorRef Self { get; }
    public Props Props { get; private set; }
    public IInternalActorRef Parent { get; }
    public MessageDispatcher Dispatcher { get; }
    public Mailbox Mailbox { get; }
    public object CurrentMessage { get; private set; } = null!;
    public bool IsLocal => true;
    public bool HasMessages => Mailbox.HasMessages;
    public int NumberOfMessages => Mailbox.NumberOfMessages;
    public bool IsTerminated => Mailbox.IsClosed;
    public virtual ActorTaskScheduler TaskScheduler => _taskScheduler ??= new ActorTaskScheduler(this);

    /// <summary>The sender of the message in hand; the dead letters if it has none.</summary>
    public IActorRef Sender => CurrentSender ?? SystemImpl.DeadLetters;

    internal IActorRef? CurrentSender { get; private set; }
    internal ActorBase? Actor => _actor;
    IActorRef IActorContext.Parent => Parent;

    /// <summary>The cell whose turn this thread is running.</summary>
    internal static ActorCell? Current
    {
        get => _current;
        set => _current = value;
    }

    public static IActorRef GetCurrentSelfOrNoSender() => _current?.Self ?? ActorRefs.NoSender;

    public static IActorRef GetCurrentSenderOrNoSender() => _current?.Sender ?? ActorRefs.NoSender;

    /// <summary>Makes <paramref name="cell"/> the current one; give the result to <see cref="Leave"/>.</summary>
    internal static ActorCell? Enter(ActorCell cell)
    {
        var outer = _current;
        _current = cell;
        return outer;
    }

    internal static void Leave(ActorCell? outer) => _current = outer;

    /// <summary>Runs <paramref name="action"/> as if the actor did.</summary>
    public void UseThreadContext(Action action)
    {
        var outer = Enter(this);
        try
        {
            action();
        }
        finally
        {
            Leave(outer);
        }
    }

    public virtual void Start() => Dispatcher.Attach(this);

    public void Stop() => SendSystemMessage(new Terminate());
    public void Suspend() => SendSystemMessage(new Suspend());
    public void Resume(Exception? causedByFailure) => SendSystemMessage(new Resume(causedByFailure));
    public void Restart(Exception cause) => SendSystemMessage(new Recreate(cause));

    public virtual void SendSystemMessage(ISystemMessage systemMessage) => Mailbox.PostSystem((SystemMessage)systemMessage);

    public virtual void SendMessage(IActorRef sender, object message) => Self.Tell(message, sender);

    public virtual void SendMessage(Envelope message) => Self.Tell(message.Message, message.Sender);

    public void Become(Receive receive) => _behavior = receive;

    public void BecomeStacked(Receive receive)
    {
        (_behaviorStack ??= new Stack<Receive?>()).Push(_behavior);
        _behavior = receive;
    }

    public void UnbecomeStacked()
    {
        if (_behaviorStack is { Count: > 0 })
            _behavior = _behaviorStack.Pop();
    }

    void IUntypedActorContext.Become(UntypedReceive receive) => Become(receive.AsReceive());

    void IUntypedActorContext.BecomeStacked(UntypedReceive receive) => BecomeStacked(receive.AsReceive());

    public ActorSelection ActorSelection(string path) => ActorRefFactoryShared.ActorSelection(path, System, Self);

    public ActorSelection ActorSelection(ActorPath path) => ActorRefFactoryShared.ActorSelection(path, System);

    /// <summary>Puts message and sender back that a handler, still at work, was called with.</summary>
    internal void Restore(object message, IActorRef? sender)
    {
        CurrentMessage = message;
        CurrentSender = sender;
    }

    internal void ToDeadLetters(object message, IActorRef? sender)
    {
        // This was a listener of dead letters: what reaches it after its end cannot become one again.
        if (message is AllDeadLetters)
            return;
        var deadLetters = SystemImpl.DeadLetters;
        deadLetters.Tell(new DeadLetter(message, sender ?? deadLetters, Self), sender!);
    }

    /// <summary>A terminated actor still answers those who begin to watch it; all else that the engine tells it is void.</summary>
    internal void SystemToDeadLetters(SystemMessage message)
    {
        if (message is Watch watch && watch.Watchee.Equals(Self) && !watch.Watcher.Equals(Self))
            watch.Watcher.SendSystemMessage(new DeathWatchNotification(Self, existenceConfirmed: false, addressTerminated: false));
    }

    private void Publish(LogEvent logEvent)
    {
        try
        {
            SystemImpl.EventStream.Publish(logEvent);
        }
        catch (Exception)
        {
            // A broken subscriber must not break the actor that has something to report.
        }
    }

    private void PublishError(Exception cause, string message) => Publish(new Error(cause, Self.Path.ToString(), LogClass, message));

    private void PublishLifecycle(string message)
    {
        if (SystemImpl.Settings.DebugLifecycle)
            Publish(new Debug(Self.Path.ToString(), LogClass, message));
    }

    private Type LogClass => _actor?.GetType() ?? typeof(ActorCell);
}
