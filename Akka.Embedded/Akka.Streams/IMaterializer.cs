namespace Akka.Streams;

/// <summary>Runs graphs.</summary>
public interface IMaterializer
{
    TMat Materialize<TMat>(IGraph<ClosedShape, TMat> runnable);
}
