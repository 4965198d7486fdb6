using Gateway.Actors.Access;
using Gateway.Actors.Chains;
using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Actors.Associations;

/// <summary>What a UDP association is made with.</summary>
/// <param name="Identity">Whose it is: each destination is judged for it.</param>
/// <param name="Leg">What a fellow member says of it; null for a client of this gateway's own.</param>
/// <param name="Chain">For what chains are planned that carry some of its datagrams.</param>
/// <param name="Request">What was asked for.</param>
/// <param name="Client">Whose datagrams it relays.</param>
/// <param name="Local">Where the client's datagrams arrive: the address it reached the gateway by, port 0.</param>
/// <param name="Traffic">What it relays is counted here.</param>
internal sealed record AssociationTerms(
    Identity Identity, MemberLeg? Leg, ChainTerms Chain, AssociationRequest Request, AssociationClient Client, IpEndpoint Local, AssociationTraffic Traffic);
