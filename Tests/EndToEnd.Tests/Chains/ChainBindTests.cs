using Socks64Actors.EndToEnd.Tests.Lab;
using Testing;

namespace Socks64Actors.EndToEnd.Tests.Chains;

/// <summary>BIND through two hops: the last one listens, and its peer comes in over IPv6 to a client that speaks IPv4.</summary>
[Collection(ChainLabCollection.Name)]
public sealed class ChainBindTests(ChainLab lab)
{
    /// <summary>BIND for a peer, the port of the first reply, and then what the peer says.</summary>
    private const string Bind =
        """
        import socket, sys
        control = socket.create_connection((sys.argv[1], int(sys.argv[2])), 90)
        def read(count):
            octets = b""
            while len(octets) < count:
                more = control.recv(count - len(octets))
                if not more: sys.exit("closed")
                octets += more
            return octets
        def reply():
            head = read(4)
            bound = read({1: 6, 4: 18}[head[3]])
            if head[1]: sys.exit(f"REP {head[1]}")
            return int.from_bytes(bound[-2:], "big")
        control.sendall(bytes.fromhex("050100"))
        read(2)
        control.sendall(bytes.fromhex("05020004") + socket.inet_pton(socket.AF_INET6, sys.argv[3]) + b"\0\0")
        print("port", reply(), flush=True)
        reply()
        print("said", read(5).decode(), flush=True)
        """;

    private const string Peer =
        """
        import socket, sys
        with socket.create_connection((sys.argv[1], int(sys.argv[2])), 60) as peer: peer.sendall(b"hello")
        """;

    [LabFact("python3")]
    public async Task The_last_hop_listens_and_the_peer_comes_through()
    {
        var door = ChainLab.Doors[("socks64", "socks64")].ToString();
        var client = lab.Client.Start("python3", "-c", Bind, ChainLab.Entry, door, ChainLab.Address);
        string? Line(string word) => lab.Client.Log(client).FirstOrDefault(line => line.StartsWith(word, StringComparison.Ordinal));
        string Said() => $"{string.Join('\n', lab.Client.Log(client))}\n{lab.Log()}";

        await Eventually.Holds(() => Line("port ") is not null, Said);
        lab.Destination.Run("python3", ["-c", Peer, "fd65:0:0:4::1", Line("port ")![5..]], limit: TimeSpan.FromSeconds(60)).MustSucceed();

        await Eventually.Holds(() => Line("said ") is not null, Said);
        Assert.Equal("said hello", Line("said "));
    }
}
