using Hocon.Reading;

namespace Hocon;

/// <summary>A key and its value.</summary>
public sealed class HoconField
{
    internal HoconField(string key, Value value)
    {
        Key = key;
        Value = new HoconValue(value);
    }

    public string Key { get; }

    public HoconValue Value { get; }

    public HoconType Type => Value.Type;

    public string Raw => Value.Raw;

    public HoconObject GetObject() => Value.GetObject();

    public string? GetString() => Value.GetString();

    public IList<HoconValue> GetArray() => Value.GetArray();

    public override string ToString() => Value.ToString();
}
