namespace Akka.Cluster.Serialization;

/// <summary>Distinct things and their numbers, from 0 in the order of their first appearance.</summary>
internal sealed class Numbers<T>
    where T : notnull
{
    private readonly Dictionary<T, uint> _numbers = [];
    private readonly List<T> _values = [];

    public Numbers(IEnumerable<T> things)
    {
        foreach (var thing in things)
        {
            if (_numbers.TryAdd(thing, (uint)_values.Count))
                _values.Add(thing);
        }
    }

    public IReadOnlyList<T> Values => _values;

    public uint this[T thing] => _numbers[thing];
}
