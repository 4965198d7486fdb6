using Gateway.Protocol;

namespace Gateway.Transport;

/// <summary>
/// The addresses that a race has yet to try, families taking turns with the preferred one first (RFC 8305 §4, first family count 1).
/// Addresses may join while the race runs.
/// </summary>
/// <param name="wish">Which families, and which first.</param>
/// <param name="sourceOf">As in <see cref="AddressOrder.Sort"/>.</param>
internal sealed class AddressQueue(FamilyWish wish, Func<IpEndpoint, IpEndpoint> sourceOf)
{
    private List<IpEndpoint> _untried = new(1);
    private IpFamily _turn = wish.Preferred;

    public bool IsEmpty => _untried.Count == 0;

    public void Add(params ReadOnlySpan<IpEndpoint> addresses)
    {
        _untried.AddRange(addresses);
        if (_untried.Count > 1)
            _untried = AddressOrder.Sort(_untried, sourceOf);
    }

    /// <summary>The next address; the other family's turn comes after it.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public IpEndpoint Take()
    {
        if (IsEmpty)
            throw new InvalidOperationException("No address is left.");
        var index = Math.Max(0, _untried.FindIndex(address => address.Family == _turn));
        var next = _untried[index];
        _untried.RemoveAt(index);
        _turn = next.Family == IpFamily.V4 ? IpFamily.V6 : IpFamily.V4;
        return next;
    }
}
