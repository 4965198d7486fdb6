namespace Gateway.Bench;

/// <summary>Octets that show when some are missing, doubled or exchanged: a random sequence whose period is no power of two.</summary>
internal static class Pattern
{
    private const int Period = 65_521;

    private static readonly byte[] Octets = Make();

    /// <summary>At most a period of what stands at <paramref name="offset"/>.</summary>
    public static ReadOnlyMemory<byte> At(long offset, int most) => Octets.AsMemory((int)(offset % Period), Math.Min(most, Period));

    public static void MustMatch(ReadOnlySpan<byte> octets, long offset)
    {
        for (var compared = 0; compared < octets.Length;)
        {
            var expected = At(offset + compared, octets.Length - compared).Span;
            if (!octets.Slice(compared, expected.Length).SequenceEqual(expected))
                throw new InvalidDataException($"octets about {offset + compared} are not what was sent");
            compared += expected.Length;
        }
    }

    private static byte[] Make()
    {
        var octets = new byte[2 * Period];
        new Random(64).NextBytes(octets.AsSpan(0, Period));
        octets.AsSpan(0, Period).CopyTo(octets.AsSpan(Period));
        return octets;
    }
}
