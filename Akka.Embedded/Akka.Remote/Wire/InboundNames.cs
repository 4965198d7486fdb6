namespace Akka.Remote.Wire;

/// <summary>The receiving side of <see cref="OutboundNames"/>.</summary>
internal sealed class InboundNames
{
    private readonly List<InboundName> _names = [];

    public void Clear() => _names.Clear();

    /// <exception cref="WireException">The number stands for nothing, or the table is full.</exception>
    public InboundName? Read(ref WireReader reader)
    {
        var code = reader.UInt32();
        switch (code)
        {
            case OutboundNames.None:
                return null;
            case OutboundNames.Literal:
                return new InboundName(reader.Text());
            case OutboundNames.Definition:
                if (_names.Count == OutboundNames.Capacity)
                    throw new WireException("too many names");
                var name = new InboundName(reader.Text());
                _names.Add(name);
                return name;
            default:
                var number = code - OutboundNames.FirstNumber;
                return number < _names.Count ? _names[(int)number] : throw new WireException("a name without a meaning");
        }
    }
}
