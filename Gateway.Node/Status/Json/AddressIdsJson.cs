namespace Gateway.Node.Status.Json;

/// <summary>ADDRESS IDs of one gateway.</summary>
/// <param name="Node">Whose.</param>
/// <param name="Error">Why it did not answer.</param>
/// <param name="Count">How many there are in all.</param>
/// <param name="Ids">The first of them.</param>
public sealed record AddressIdsJson(string Node, string? Error, int Count, IReadOnlyList<AddressIdJson> Ids) : INodeAnswer
{
    /// <summary>The first half.</summary>
    internal AddressIdsJson Shorter() => this with { Ids = [.. Ids.Take(Ids.Count / 2)] };
}
