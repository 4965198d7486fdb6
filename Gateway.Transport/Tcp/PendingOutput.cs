namespace Gateway.Transport;

/// <summary>Octets that the kernel did not take yet, in order.</summary>
internal sealed class PendingOutput
{
    private byte[] _octets = [];
    private int _start;

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Octets => _octets.AsSpan(_start, Length);

    public void Append(ReadOnlySpan<byte> octets)
    {
        if (_start + Length + octets.Length > _octets.Length)
        {
            var larger = GC.AllocateUninitializedArray<byte>(Math.Max((Length + octets.Length) * 2, 256));
            Octets.CopyTo(larger);
            (_octets, _start) = (larger, 0);
        }
        octets.CopyTo(_octets.AsSpan(_start + Length));
        Length += octets.Length;
    }

    public void Consume(int count)
    {
        _start += count;
        Length -= count;
    }
}
