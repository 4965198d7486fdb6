using Hocon.Reading;

namespace Akka.Configuration.Hocon;

/// <summary>The fields of an object; a copy, so changing it changes no configuration.</summary>
public class HoconObject
{
    private readonly ObjectValue _fields;

    internal HoconObject(ObjectValue fields)
    {
        _fields = fields;
        Items = new Dictionary<string, HoconValue>(fields.Fields.Count);
        foreach (var (key, value) in fields.Fields)
            Items.Add(key, new HoconValue(value));
    }

    public Dictionary<string, HoconValue> Items { get; }

    public override string ToString() => Printer.PrintInner(_fields);
}
