using System.Net;
using Gateway.Protocol;

namespace SocksLib;

/// <summary>
/// An application's way through SOCKS5 gateways: connections, a listener, datagrams, names. It holds nothing open itself and remembers
/// only which servers failed lately, so make one and use it everywhere, from any thread. Whatever is cancelled leaves nothing open.
/// </summary>
public sealed class SocksClient
{
    private readonly SocksClientOptions _options;
    private readonly ServerHealth _health;

    /// <exception cref="ArgumentException">A hop without a server, or a time that is not positive.</exception>
    public SocksClient(SocksClientOptions options)
    {
        options.Validate();
        (_options, _health) = (options, new ServerHealth(options));
    }

    /// <summary>Through one gateway, or several to fail over between, the preferred first.</summary>
    public SocksClient(params IReadOnlyList<HopServer> gateways) : this(SocksClientOptions.Through(gateways)) { }

    /// <summary>Whether names get ADDRESS IDs: whichever gateway is used, it must know them.</summary>
    internal bool UsesAddressIds => _options.UseAddressIds && AllKnowExtensions;

    private bool AllKnowExtensions => _options.Hops[^1].All(server => server.AddressAssociate);

    /// <summary>Connects to a host, a name or a literal; names are resolved by the last server on the way.</summary>
    /// <exception cref="SocksException">The destination cannot be had, or no way leads through the gateways.</exception>
    /// <exception cref="OperationCanceledException"/>
    public Task<SocksStream> ConnectAsync(string host, int port, CancellationToken cancellation = default) =>
        ConnectAsync(SocksEndpoint.From(host, port), cancellation);

    /// <param name="destination">An <see cref="IPEndPoint"/> or a <see cref="DnsEndPoint"/>.</param>
    /// <inheritdoc cref="ConnectAsync(string, int, CancellationToken)"/>
    public Task<SocksStream> ConnectAsync(EndPoint destination, CancellationToken cancellation = default) =>
        ConnectAsync(EndpointOf(destination), cancellation);

    /// <inheritdoc cref="ConnectAsync(string, int, CancellationToken)"/>
    public async Task<SocksStream> ConnectAsync(SocksEndpoint destination, CancellationToken cancellation = default)
    {
        var link = await LinkAsync(new SocksRequest(SocksCommand.Connect, Flags, destination), cancellation).ConfigureAwait(false);
        var socket = ((SocketChannel)link.Channel).Take(out var early);
        return new SocksStream(link.Hops, link.Reply.Bound, socket, early);
    }

    /// <summary>For <see cref="System.Net.Http.SocketsHttpHandler.ConnectCallback"/>; leave <c>UseProxy</c> off beside it.</summary>
    public async ValueTask<Stream> ConnectCallback(System.Net.Http.SocketsHttpConnectionContext context, CancellationToken cancellation) =>
        await ConnectAsync(context.DnsEndPoint, cancellation).ConfigureAwait(false);

    /// <summary>Listens at the last server for one connection (RFC 1928 §4, BIND), from anybody.</summary>
    /// <inheritdoc cref="BindAsync(SocksEndpoint, CancellationToken)"/>
    public Task<SocksListener> BindAsync(CancellationToken cancellation = default) => BindAsync(SocksEndpoint.Unspecified, cancellation);

    /// <summary>Listens at the last server for one connection (RFC 1928 §4, BIND).</summary>
    /// <param name="peer">Whom the connection is expected from; servers may let in nobody else.</param>
    /// <exception cref="SocksException">No server listens.</exception>
    /// <exception cref="OperationCanceledException"/>
    public async Task<SocksListener> BindAsync(SocksEndpoint peer, CancellationToken cancellation = default)
    {
        var link = await LinkAsync(new SocksRequest(SocksCommand.Bind, Flags, peer), cancellation).ConfigureAwait(false);
        var socket = ((SocketChannel)link.Channel).Take(out var early);
        return new SocksListener(link.Hops, link.Reply, socket, early);
    }

    /// <summary>Opens a way for datagrams (RFC 1928 §7), to any number of destinations.</summary>
    /// <param name="first">
    /// A name that will be sent to. Where the gateway knows ADDRESS IDs, its ID comes with the association, and the first datagram need not
    /// wait for it.
    /// </param>
    /// <exception cref="SocksException">No gateway relays datagrams.</exception>
    /// <exception cref="OperationCanceledException"/>
    public async Task<SocksUdpClient> AssociateAsync(SocksEndpoint? first = null, CancellationToken cancellation = default) =>
        new(this, first, await UdpAssociation.OpenAsync(this, first, cancellation).ConfigureAwait(false));

    /// <summary>The address of a name, as the last server knows it.</summary>
    /// <param name="wish">Any: of the family that the server itself would use.</param>
    /// <exception cref="SocksException">04 (host unreachable): there is none.</exception>
    /// <exception cref="InvalidOperationException">No last server can be asked: none has <see cref="HopServer.AddressAssociate"/>, and
    /// <see cref="SocksClientOptions.TorResolve"/> is off.</exception>
    /// <exception cref="OperationCanceledException"/>
    public Task<IPAddress> ResolveAsync(string name, FamilyWish wish = FamilyWish.Any, CancellationToken cancellation = default) =>
        new NameQuestion(this, _options).ResolveAsync(SocksAddress.FromName(name), wish, cancellation);

    /// <summary>The name of an address, as the last server knows it.</summary>
    /// <inheritdoc cref="ResolveAsync"/>
    public Task<string> ReverseAsync(IPAddress address, CancellationToken cancellation = default) =>
        new NameQuestion(this, _options).ReverseAsync(SocksAddress.From(IpLiteral.From(address).Canonical), cancellation);

    /// <summary>Asks a question whose answer is all that is wanted: ADDRESS ASSOCIATE in any of its forms, or Tor's commands.</summary>
    /// <returns>BND.ADDR of the reply: an address, a name or an ADDRESS ID.</returns>
    /// <exception cref="SocksException">The last server has no answer, or no way leads there.</exception>
    /// <exception cref="OperationCanceledException"/>
    public Task<SocksAddress> AskAsync(SocksRequest request, CancellationToken cancellation = default) => AskAsync(_options.Hops, request, cancellation);

    internal async Task<SocksAddress> AskAsync(IEnumerable<IReadOnlyList<HopServer>> hops, SocksRequest request, CancellationToken cancellation)
    {
        var link = await LinkAsync(hops, request, cancellation).ConfigureAwait(false);
        link.Channel.Abort();
        return link.Reply.Bound.Address;
    }

    /// <summary>Goes through all hops with <paramref name="request"/>.</summary>
    internal Task<ChainLink> LinkAsync(SocksRequest request, CancellationToken cancellation) => LinkAsync(_options.Hops, request, cancellation);

    /// <summary>A control connection to each hop, of servers that all relay datagrams, with <paramref name="request"/> for the last.</summary>
    internal Task<ChainLink[]> LinkAllAsync(SocksRequest request, CancellationToken cancellation) =>
        ControlTask.RunAsync(_options.Time, Plan(_options.Hops), request, cancellation);

    private Task<ChainLink> LinkAsync(IEnumerable<IReadOnlyList<HopServer>> hops, SocksRequest request, CancellationToken cancellation) =>
        ChainTask.RunAsync(_options.Time, Plan(hops), request, cancellation);

    /// <summary>Through one server of each list.</summary>
    private ChainPlan Plan(IEnumerable<IReadOnlyList<HopServer>> hops) => new()
    {
        Name = _options.Name,
        Hops = [.. hops.Select(servers => new ServerPool(_health, servers))],
        SetupTimeout = _options.SetupTimeout,
        HedgeAfter = _options.HedgeAfter,
    };

    /// <summary>Servers that know the draft are asked for the truth about addresses; others get the zero that RFC 1928 wants.</summary>
    private RequestFlags Flags => AllKnowExtensions ? RequestFlags.DestinationFamily : RequestFlags.None;

    private static SocksEndpoint EndpointOf(EndPoint endpoint) => endpoint switch
    {
        IPEndPoint ip => SocksEndpoint.From(LiteralEndpoint.From(ip).Canonical),
        DnsEndPoint name => SocksEndpoint.From(name.Host, name.Port),
        _ => throw new ArgumentException($"{endpoint.GetType().Name} is neither an address nor a name", nameof(endpoint)),
    };
}
