using System.Diagnostics.CodeAnalysis;
using Gateway.Protocol;

namespace Gateway.Transport;

/// <summary>
/// Lookups that wait for a thread. Clients take turns, and each has a share of the threads and of the places: who asks for many names whose
/// servers do not answer holds up nobody else. Its owner holds the lock.
/// </summary>
internal sealed class ResolverTurns(ResolverOptions options)
{
    private readonly Dictionary<IpLiteral, Client> _clients = [];
    private readonly Queue<Client> _turns = new();
    private int _waiting;

    /// <summary>Lets the lookup wait as one of <paramref name="asker"/>'s; false when too many do.</summary>
    /// <param name="lookup">May wait as another client's too: whose turn comes first takes it.</param>
    /// <param name="asker">Who wants it.</param>
    /// <param name="mayRun">Whether a thread could take it now.</param>
    public bool TryAdd(Lookup lookup, IpLiteral asker, out bool mayRun)
    {
        mayRun = false;
        var network = asker.ClientNetwork;
        var client = _clients.GetValueOrDefault(network) ?? new Client(network);
        if (client.LastAsked == lookup)
            return true;
        if (_waiting >= options.Queue || client.Waiting.Count >= options.QueuePerClient)
            return false;
        _clients[network] = client;
        client.LastAsked = lookup;
        client.Waiting.Enqueue(lookup);
        _waiting++;
        mayRun = client.Running + client.Waiting.Count <= options.ThreadsPerClient;
        LineUp(client);
        return true;
    }

    /// <summary>The next lookup, and whose share it takes until <see cref="End"/>.</summary>
    public bool TryTake([NotNullWhen(true)] out Lookup? lookup, [NotNullWhen(true)] out Client? client)
    {
        lookup = null;
        if (!_turns.TryDequeue(out client))
            return false;
        client.IsInTurn = false;
        lookup = client.Waiting.Dequeue();
        _waiting--;
        client.Running++;
        LineUp(client);
        return true;
    }

    /// <summary>The lookup that was taken is over.</summary>
    public void End(Client client)
    {
        client.Running--;
        LineUp(client);
        if (client is { Running: 0, Waiting.Count: 0 })
            _clients.Remove(client.Network);
    }

    private void LineUp(Client client)
    {
        if (client.IsInTurn || client.Waiting.Count == 0 || client.Running >= options.ThreadsPerClient)
            return;
        client.IsInTurn = true;
        _turns.Enqueue(client);
    }

    /// <summary>What is asked, by whom, and whether a thread has it.</summary>
    internal sealed class Lookup(Resolver.Question question)
    {
        public Resolver.Question Question => question;

        public List<ResolveQuery> Askers { get; } = [];

        public bool IsTaken { get; set; }
    }

    /// <summary>Somebody with lookups that wait or are under way.</summary>
    internal sealed class Client(IpLiteral network)
    {
        public IpLiteral Network => network;

        public Queue<Lookup> Waiting { get; } = new();

        public Lookup? LastAsked { get; set; }

        public int Running { get; set; }

        public bool IsInTurn { get; set; }
    }
}
