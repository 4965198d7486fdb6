using Hocon.Reading;

namespace Akka.Configuration.Hocon;

/// <summary>The fields of an object; a copy, so changing it changes no configuration.</summary>
public class HoconObject
{
    private readonly ObjectValue _fields;

    internal HoconObject(ObjectValue fields)
    {
        _fields = fields;
        Items = fields.Fields.ToDictionary(field => field.Key, field => new HoconValue(field.Value));
    }

    public Dictionary<string, HoconValue> Items { get; }

    public override string ToString() => Printer.PrintInner(_fields);
}
