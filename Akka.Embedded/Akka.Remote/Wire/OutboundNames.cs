namespace Akka.Remote.Wire;

/// <summary>
/// The sending side's numbers for paths and manifests: the first time a name is written in full, later by its number. When the table
/// is full both sides start again.
/// <para><c>0</c> none · <c>1 TEXT</c> in full, not to be remembered · <c>2 TEXT</c> in full, takes the next number · <c>3 + n</c> number n.</para>
/// </summary>
internal sealed class OutboundNames
{
    public const int Capacity = 2048;
    public const uint None = 0;
    public const uint Literal = 1;
    public const uint Definition = 2;
    public const uint FirstNumber = 3;

    private readonly Dictionary<object, Entry> _entries = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, uint> _texts = [];
    private object? _last;
    private Entry _lastEntry;

    /// <summary>How many more names fit.</summary>
    public int Room => Capacity - _texts.Count;

    public void Clear()
    {
        _entries.Clear();
        _texts.Clear();
        _last = null;
    }

    /// <summary>Whether the thing (an actor reference, a manifest) has a number, found without making its text.</summary>
    public bool TryFind(object thing, out Entry entry)
    {
        if (ReferenceEquals(thing, _last))
        {
            entry = _lastEntry;
            return true;
        }

        if (!_entries.TryGetValue(thing, out entry))
            return false;
        _last = thing;
        _lastEntry = entry;
        return true;
    }

    /// <summary>Writes the name of a thing that has no number yet, and gives it one.</summary>
    public void Define(WireWriter writer, object thing, string text)
    {
        if (_texts.TryGetValue(text, out var number))
        {
            writer.UInt32(FirstNumber + number);
        }
        else
        {
            number = (uint)_texts.Count;
            _texts.Add(text, number);
            writer.UInt32(Definition);
            writer.Text(text);
        }

        if (_entries.Count >= Capacity * 2)
            _entries.Clear();
        _entries[thing] = new Entry(number, text.Length);
    }

    /// <summary>The number, and how long the text is that it stands for.</summary>
    public readonly struct Entry(uint number, int textLength)
    {
        public uint Number => number;

        public int TextLength => textLength;
    }
}
