namespace Gateway.Transport;

/// <summary>What a loop did since its start; read from any thread, each number by itself.</summary>
/// <param name="Iterations">Turns of the loop, that is, calls of epoll_wait.</param>
/// <param name="Events">Readiness events handled.</param>
/// <param name="WorkItems">Posted work items run.</param>
/// <param name="Faults">Exceptions that escaped from callbacks, timers and work items.</param>
/// <param name="RelayedToTarget">Octets that the targets of relays took.</param>
/// <param name="RelayedToClient">Octets that the clients of relays took.</param>
/// <param name="Sockets">Sockets in the epoll set now.</param>
/// <param name="Pipes">Splice pipes open now, in use or pooled.</param>
public readonly record struct LoopCounters(
    long Iterations, long Events, long WorkItems, long Faults, long RelayedToTarget, long RelayedToClient, int Sockets, int Pipes);
