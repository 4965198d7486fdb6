using Gateway.Protocol;

namespace Gateway.Actors.Chains;

/// <summary>What is picked by besides the candidates themselves.</summary>
/// <param name="Turn">Counts the picks of this node for this hop of the chain.</param>
/// <param name="Client">For whom; its port does not matter.</param>
/// <param name="Random">For those who leave it to chance.</param>
public readonly record struct PickTerms(uint Turn, IpLiteral Client, Random Random);
