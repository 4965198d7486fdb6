using Hocon.Reading;

namespace Hocon;

/// <summary>The fields of an object, in the order in which they were written; a copy, so changing it changes no configuration.</summary>
public class HoconObject : Dictionary<string, HoconField>
{
    private readonly ObjectValue _fields;

    internal HoconObject(ObjectValue fields) : base(fields.Fields.Count, StringComparer.Ordinal)
    {
        _fields = fields;
        foreach (var (key, value) in fields.Fields) Add(key, new HoconField(key, value));
    }

    public override string ToString() => Printer.PrintInner(_fields);
}
