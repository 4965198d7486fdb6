namespace Akka.Remote;

/// <summary>The sign of life, and which incarnation gives it.</summary>
internal sealed record WatchHeartbeatResponse(int Uid);
