namespace Akka.Embedded.Tests.Processes;

/// <summary>Tests that measure how processes see each other have the machine to themselves.</summary>
[CollectionDefinition(nameof(ProcessCollection), DisableParallelization = true)]
public class ProcessCollection;
