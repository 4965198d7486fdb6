using Akka.Actor;

namespace Akka.Streams.Fused;

internal sealed class IslandMaterializer : ActorMaterializer
{
    private static int s_count;

    private readonly ActorMaterializerSettings _settings;
    private readonly string _namePrefix;
    private readonly LocalActorRef _supervisor;
    private int _streams;
    private volatile bool _isShutdown;

    public IslandMaterializer(IActorRefFactory context, ActorMaterializerSettings settings, string namePrefix)
    {
        _settings = settings;
        _namePrefix = namePrefix;
        System = context switch
        {
            ActorSystem system => system,
            IActorContext actor => actor.System,
            _ => throw new ArgumentException("Streams need an actor system or the context of an actor.", nameof(context)),
        };
        var props = Props.Create(() => new StreamSupervisor()).WithDispatcher(settings.Dispatcher);
        _supervisor = (LocalActorRef)context.ActorOf(props, $"StreamSupervisor-{Interlocked.Increment(ref s_count) - 1}");
    }

    public override ActorSystem System { get; }

    public override IActorRef Supervisor => _supervisor;

    public override bool IsShutdown => _isShutdown || _supervisor.IsTerminated;

    public override TMat Materialize<TMat>(IGraph<ClosedShape, TMat> runnable)
    {
        if (IsShutdown)
            throw new Pattern.IllegalStateException("Attempted to call Materialize() after the ActorMaterializer has been shut down.");
        var island = new Island(this);
        // The actor waits for Start, so the stages may know it while they are built.
        island.BelongsTo(ActorOf(Props.Create(() => new IslandActor(island)), $"{_namePrefix}-{Interlocked.Increment(ref _streams)}"));
        try
        {
            var value = runnable.Blueprint().Build(island);
            island.Self.Tell(IslandActor.Start.Instance, ActorRefs.NoSender);
            return value;
        }
        catch
        {
            System.Stop((IInternalActorRef)island.Self);
            throw;
        }
    }

    public override void Shutdown()
    {
        _isShutdown = true;
        System.Stop(_supervisor);
    }

    /// <summary>An actor beside the islands; every thread may call.</summary>
    internal IActorRef ActorOf(Props props, string? name = null) =>
        _supervisor.Cell.AttachChild(props.WithDispatcher(_settings.Dispatcher), isSystemService: false, name);
}
