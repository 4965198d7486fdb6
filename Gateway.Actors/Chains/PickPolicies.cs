using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Gateway.Actors.Settings;
using Gateway.Protocol;

namespace Gateway.Actors.Chains;

/// <summary>In which order the servers of a hop are tried. Pure functions: equal questions have equal answers, chance aside.</summary>
public static class PickPolicies
{
    /// <summary>The places of <paramref name="candidates"/> in the order of preference, the best first. All of them, each once.</summary>
    public static int[] Order(PickPolicy policy, IReadOnlyList<PickCandidate> candidates, PickTerms terms) => policy switch
    {
        PickPolicy.InOrder => InOrder(candidates),
        PickPolicy.Random => Shuffled(candidates, terms.Random),
        PickPolicy.LeastSessions => [.. InTurn(candidates, terms.Turn).OrderBy(place => candidates[place].Sessions)],
        PickPolicy.LowestLatency => [.. InTurn(candidates, terms.Turn).OrderBy(place => candidates[place].Latency ?? TimeSpan.Zero)],
        PickPolicy.HashClient => [.. InOrder(candidates).OrderByDescending(place => Weight(terms.Client, candidates[place].Name))],
        _ => InTurn(candidates, terms.Turn),
    };

    private static int[] InOrder(IReadOnlyList<PickCandidate> candidates) => [.. Enumerable.Range(0, candidates.Count)];

    /// <summary>Each turn begins one further, and the others follow, so that a dead server's share is spread over all.</summary>
    private static int[] InTurn(IReadOnlyList<PickCandidate> candidates, uint turn)
    {
        var places = InOrder(candidates);
        for (var i = 0; i < places.Length; i++)
            places[i] = (int)((turn % (uint)places.Length + (uint)i) % (uint)places.Length);
        return places;
    }

    private static int[] Shuffled(IReadOnlyList<PickCandidate> candidates, Random random)
    {
        var places = InOrder(candidates);
        random.Shuffle(places);
        return places;
    }

    /// <summary>
    /// Rendezvous hashing: a client stays with its server while others come and go, and all nodes choose alike. The hash is one that every
    /// process computes alike.
    /// </summary>
    private static ulong Weight(IpLiteral client, string name)
    {
        Span<byte> octets = stackalloc byte[16 + Encoding.UTF8.GetMaxByteCount(name.Length)];
        var length = client.Canonical.Write(octets);
        length += Encoding.UTF8.GetBytes(name, octets[length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(octets[..length], hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
