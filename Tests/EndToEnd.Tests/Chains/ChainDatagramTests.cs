using Socks64Actors.EndToEnd.Tests.Lab;

namespace Socks64Actors.EndToEnd.Tests.Chains;

/// <summary>Datagrams through two hops: nested headers, and a control connection per hop.</summary>
[Collection(ChainLabCollection.Name)]
public sealed class ChainDatagramTests(ChainLab lab)
{
    /// <summary>UDP ASSOCIATE, a datagram to a name or an address, and what comes back: the sender's header and the data.</summary>
    private const string Datagram =
        """
        import socket, sys
        gateway, port, target, data = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4].encode()
        control = socket.create_connection((gateway, port), 90)
        def read(count):
            octets = b""
            while len(octets) < count:
                more = control.recv(count - len(octets))
                if not more: sys.exit("closed")
                octets += more
            return octets
        control.sendall(bytes.fromhex("050100"))
        read(2)
        control.sendall(bytes.fromhex("05030001000000000000"))
        head = read(4)
        bound = read({1: 6, 4: 18}[head[3]])
        if head[1]: sys.exit(f"REP {head[1]}")
        peer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        peer.settimeout(1)
        address = b"\x04" + socket.inet_pton(socket.AF_INET6, target) if ":" in target else b"\x03" + bytes([len(target)]) + target.encode()
        for attempt in range(30):
            peer.sendto(b"\0\0\0" + address + b"\0\7" + data, (gateway, int.from_bytes(bound[-2:], "big")))
            try:
                print(peer.recv(65536)[-len(data):].decode())
                break
            except TimeoutError:
                pass
        else: sys.exit("no answer")
        """;

    [LabTheory("python3")]
    [InlineData(ChainLab.Name), InlineData(ChainLab.Address)]
    public void Datagrams_go_through_the_chain_and_back(string target) => Assert.Equal("hello\n", Echo("socks64", "socks64", target));

    [LabTheory("python3", "danted")]
    [InlineData("dante", "dante", ChainLab.Address), InlineData("dante", "dante", ChainLab.Name)]
    [InlineData("socks64", "dante", ChainLab.Address), InlineData("dante", "socks64", ChainLab.Name)]
    public void Datagrams_go_through_dante(string second, string third, string target) => Assert.Equal("hello\n", Echo(second, third, target));

    private string Echo(string second, string third, string target)
    {
        string[] arguments = ["-c", Datagram, ChainLab.Entry, ChainLab.Doors[(second, third)].ToString(), target, "hello"];
        var said = lab.Client.Run("python3", arguments, limit: TimeSpan.FromSeconds(100));
        Assert.True(said.ExitCode == 0, $"{said.Error}\n{lab.Log()}");
        return said.Output;
    }
}
