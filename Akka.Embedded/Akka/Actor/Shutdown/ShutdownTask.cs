namespace Akka.Actor;

/// <summary>What is to be done in a phase, and how the log calls it.</summary>
internal sealed record ShutdownTask(string Name, Func<Task<Done>> Run);
