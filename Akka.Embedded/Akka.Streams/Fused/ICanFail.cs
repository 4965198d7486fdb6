namespace Akka.Streams.Fused;

internal interface ICanFail
{
    /// <summary>A handler threw, or the stage found out that it cannot go on: fails downstream and cancels upstream.</summary>
    void FailStage(Exception cause);
}
