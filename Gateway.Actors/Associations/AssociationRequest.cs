using Gateway.Protocol;

namespace Gateway.Actors.Associations;

/// <summary>
/// What a UDP ASSOCIATE (03) or UDP ASSOCIATE + ADDRESS ASSOCIATE (0B) asks for. <c>B9</c>: in the first DST is where the client will
/// send from, in the second the remote to associate; the client is then known by its TCP connection alone.
/// </summary>
public readonly record struct AssociationRequest
{
    private const ushort FirstUnprivilegedPort = 1024;

    /// <exception cref="ArgumentException">The request is neither of the two commands.</exception>
    public AssociationRequest(in SocksRequest request)
    {
        if (request.Command.Base != SocksCommand.UdpAssociate)
            throw new ArgumentException($"{request.Command} is no UDP association", nameof(request));
        AssociatesTarget = request.Command == SocksCommand.UdpAssociateWithId;
        WantsControlChannel = request.Flags.HasFlag(RequestFlags.InterfaceRequest);
        Refusal = AssociatesTarget && request.Destination.IsAllZero ? ReplyCode.InvalidAddress : null;
        if (AssociatesTarget) return;

        if (request.Destination.TryGetLiteral(out var announced)) Announced = announced.Canonical;
        if (request.Flags.HasFlag(RequestFlags.UseClientsPort) && request.Destination.Port >= FirstUnprivilegedPort)
            PortToUse = request.Destination.Port;
    }

    /// <summary>Whether DST is a remote that gets an ADDRESS ID (0B).</summary>
    public bool AssociatesTarget { get; }

    /// <summary>Where the client says it will send from: 0.0.0.0:0 when it does not know, or says nothing of use.</summary>
    public LiteralEndpoint Announced { get; }

    /// <summary>FLAG 01: the client would like the control channel.</summary>
    public bool WantsControlChannel { get; }

    /// <summary>
    /// FLAG 04: the port the client would like to be seen with by its peers. Null when it does not ask, or names no port, or a privileged
    /// one.
    /// </summary>
    public ushort? PortToUse { get; }

    /// <summary>The code that refuses the request; null when it is in order. <c>B9</c>: there is no ID for all zeros.</summary>
    public ReplyCode? Refusal { get; }

    /// <summary>FLAG of the reply, <c>B20</c>: what was honoured and nothing else.</summary>
    /// <param name="portInUse">The port that the peers will see.</param>
    public RequestFlags Honoured(ushort portInUse) =>
        (WantsControlChannel ? RequestFlags.InterfaceRequest : 0) | (PortToUse == portInUse ? RequestFlags.UseClientsPort : 0);
}
