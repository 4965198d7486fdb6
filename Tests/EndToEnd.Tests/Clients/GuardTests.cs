using Gateway.Protocol;
using Socks64Actors.EndToEnd.Tests.Lab;

namespace Socks64Actors.EndToEnd.Tests.Clients;

/// <summary>
/// What a remote client must not reach through a gateway that lets it go anywhere: the gateway's own host (whose DNS server listens on
/// 127.0.0.1:53), its links, the metadata of clouds.
/// </summary>
[Collection(LabCollection.Name)]
public sealed class GuardTests(NetworkLab lab)
{
    /// <summary>Sends message after message, awaits a reply to each, and prints the reply codes.</summary>
    private const string Asker =
        """
        import socket, sys
        client = socket.create_connection((sys.argv[1], 1080), 20)
        client.settimeout(20)
        def read(count):
            octets = b""
            while len(octets) < count:
                more = client.recv(count - len(octets))
                if not more: sys.exit("closed")
                octets += more
            return octets
        client.sendall(bytes.fromhex("050100"))
        read(2)
        for message in sys.argv[2:]:
            client.sendall(bytes.fromhex(message))
            head = read(4)
            read({1: 6, 4: 18, 8: 6}[head[3]])
            print(head[1])
        """;

    [LabTheory("python3")]
    [InlineData("127.0.0.1"), InlineData("127.9.9.9"), InlineData("0.0.0.0"), InlineData("::1"), InlineData("::"), InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::127.0.0.1"), InlineData("2002:7f00:1::1"), InlineData("169.254.169.254"), InlineData("fe80::1"), InlineData("ff02::1")]
    public void Connection_to_a_guarded_address_is_not_allowed(string address)
    {
        Assert.Equal("2\n", Ask("4", Request(SocksCommand.Connect, SocksAddress.From(IpLiteral.Parse(address)))));
        Assert.Equal("2\n", Ask("6", Request(SocksCommand.Connect, SocksAddress.FromName(address))));
    }

    [LabFact("python3")]
    public void Name_that_leads_to_a_guarded_address_is_not_allowed() =>
        Assert.Equal("2\n", Ask("4", Request(SocksCommand.Connect, SocksAddress.FromName("localhost"))));

    [LabFact("python3")]
    public void Nobody_at_a_guarded_address_is_waited_for() =>
        Assert.Equal("2\n", Ask("4", Request(SocksCommand.Bind, SocksAddress.From(IpLiteral.Parse("127.0.0.1")))));

    [LabFact("python3")]
    public void Datagrams_have_no_way_to_a_guarded_address() =>
        Assert.Equal(
            "0\n2\n2\n0\n",
            Ask("4",
                new SocksRequest(SocksCommand.UdpAssociate, RequestFlags.InterfaceRequest, SocksEndpoint.Unspecified).ToBytes(),
                InterfaceOf(SocksAddress.From(IpLiteral.Parse("127.0.0.1"))),
                InterfaceOf(SocksAddress.FromName("localhost")),
                InterfaceOf(SocksAddress.From(IpLiteral.Parse(NetworkLab.Address4)))));

    private string Ask(string family, params byte[][] messages) => lab.Client(family).Run("python3",
        ["-c", Asker, family == "4" ? NetworkLab.GatewayFor4 : NetworkLab.GatewayFor6, .. messages.Select(Convert.ToHexString)]).MustSucceed().Output;

    private static byte[] Request(SocksCommand command, SocksAddress to) => new SocksRequest(command, RequestFlags.None, new SocksEndpoint(to, 53)).ToBytes();

    private static byte[] InterfaceOf(SocksAddress target) => new ControlRequest(ControlRequest.InterfaceData, 0, new SocksEndpoint(target, 53)).ToBytes();
}
