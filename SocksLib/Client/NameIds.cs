using Gateway.Protocol;

namespace SocksLib;

/// <summary>
/// What names are called in the datagrams of one association: by an ADDRESS ID, which the gateway keeps for as long as the association
/// uses it, or as they are when it gives none. Safe from any thread.
/// </summary>
internal sealed class NameIds
{
    /// <summary>Names with an ID; further ones are called by name.</summary>
    private const int Capacity = 256;

    private readonly Dictionary<SocksAddress, SocksAddress> _called = [];
    private readonly Dictionary<SocksAddress, SocksAddress> _names = [];

    /// <summary>Puts in place of the name what it is called. False when that is not decided yet.</summary>
    public bool TryCall(ref SocksEndpoint destination)
    {
        if (!destination.Address.IsName) return true;
        lock (_called)
        {
            if (_called.TryGetValue(destination.Address, out var called))
                destination = destination with { Address = called };
            else if (_called.Count < Capacity)
                return false;
        }
        return true;
    }

    /// <param name="id">The name itself when the gateway gave none.</param>
    public void Call(SocksAddress name, SocksAddress id)
    {
        lock (_called)
        {
            _called[name] = id;
            _names[id] = name;
        }
    }

    /// <summary>The name in place of its ID.</summary>
    public SocksEndpoint Named(in SocksEndpoint source)
    {
        if (!source.Address.IsId) return source;
        lock (_called)
            return _names.TryGetValue(source.Address, out var name) ? source with { Address = name } : source;
    }
}
