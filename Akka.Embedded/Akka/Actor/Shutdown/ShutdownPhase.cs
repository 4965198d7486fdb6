namespace Akka.Actor;

/// <param name="DependsOn">The phases that come before.</param>
/// <param name="Timeout">How long the tasks may take together.</param>
/// <param name="Recover">Failures and timeouts are logged, and the shutdown goes on.</param>
/// <param name="Enabled">The tasks are run.</param>
internal sealed record ShutdownPhase(IReadOnlyList<string> DependsOn, TimeSpan Timeout, bool Recover, bool Enabled);
