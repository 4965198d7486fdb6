using System.Diagnostics.CodeAnalysis;
using Gateway.Protocol;

namespace Gateway.Actors.Associations;

/// <summary>
/// The remote hosts a client has sent to through one association, and under which header each is shown to it. Only they may answer, from
/// any
/// port (TFTP answers from a new one): whom the rules keep the client from cannot reach the client either. When full, the host that
/// has been quiet longest is forgotten. Not for several threads.
/// </summary>
/// <param name="capacity">Hosts remembered.</param>
public sealed class Correspondents(int capacity = 1024)
{
    private readonly Dictionary<IpLiteral, LinkedListNode<Correspondent>> _byAddress = [];
    private readonly LinkedList<Correspondent> _quietestFirst = [];

    private readonly record struct Correspondent(IpLiteral Address, AddressId? Id);

    public int Count => _byAddress.Count;

    /// <summary>The client sends to <paramref name="remote"/>, which it named by <paramref name="id"/>, or by address or name.</summary>
    /// <returns>The host forgotten for its sake; null when there was room.</returns>
    public IpLiteral? SentTo(IpLiteral remote, AddressId? id = null)
    {
        var correspondent = new Correspondent(remote.Canonical, id);
        if (TryTouch(correspondent.Address, out var known))
        {
            known.Value = correspondent;
            return null;
        }
        _byAddress[correspondent.Address] = _quietestFirst.AddLast(correspondent);
        if (_byAddress.Count <= capacity) return null;

        var forgotten = _quietestFirst.First!;
        _quietestFirst.RemoveFirst();
        _byAddress.Remove(forgotten.Value.Address);
        return forgotten.Value.Address;
    }

    /// <summary>
    /// Whether a datagram from <paramref name="source"/> is for the client, and what its header shows. <c>B17</c>: the ID, if that is how
    /// the client
    /// last addressed the host; otherwise its address.
    /// </summary>
    public bool TryAnswer(LiteralEndpoint source, out SocksEndpoint shown)
    {
        shown = default;
        var from = source.Canonical;
        if (!TryTouch(from.Address, out var known)) return false;
        shown = known.Value.Id is { } id ? new SocksEndpoint(SocksAddress.From(id), from.Port) : SocksEndpoint.From(from);
        return true;
    }

    private bool TryTouch(IpLiteral address, [NotNullWhen(true)] out LinkedListNode<Correspondent>? node)
    {
        if (!_byAddress.TryGetValue(address, out node)) return false;
        if (node == _quietestFirst.Last) return true;
        _quietestFirst.Remove(node);
        _quietestFirst.AddLast(node);
        return true;
    }
}
