using System.Collections.Immutable;

namespace Gateway.Actors.Chains;

/// <summary>
/// The servers that the operator has taken out of this node's chains, by name: members of the cluster and <c>gateways</c> of the settings. They
/// are no candidates, not even a last resort, until they are restored; connections that lead through them go on. It outlives the settings, and
/// ends with the process. Safe from any thread.
/// </summary>
public sealed class EjectedServers
{
    private ImmutableSortedSet<string> _names = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The name of a server, and whether it was ejected; otherwise it was restored. Called on the thread that did it.</summary>
    public event Action<string, bool>? Changed;

    /// <summary>Those of this moment, in order.</summary>
    public ImmutableSortedSet<string> Names => Volatile.Read(ref _names);

    /// <summary>False when it was ejected already.</summary>
    public bool Eject(string server) => Change(server, true);

    /// <summary>False when it was not ejected.</summary>
    public bool Restore(string server) => Change(server, false);

    private bool Change(string server, bool isEjected)
    {
        if (!ImmutableInterlocked.Update(ref _names, names => isEjected ? names.Add(server) : names.Remove(server)))
            return false;
        Changed?.Invoke(server, isEjected);
        return true;
    }
}
