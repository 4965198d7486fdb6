namespace Gateway.Actors.Status;

/// <summary>Datagrams of one direction.</summary>
/// <param name="Datagrams">How many.</param>
/// <param name="Octets">Their data, headers not counted.</param>
public readonly record struct DatagramCounts(long Datagrams, long Octets)
{
    public static DatagramCounts operator +(DatagramCounts left, DatagramCounts right) =>
        new(left.Datagrams + right.Datagrams, left.Octets + right.Octets);
}
