using Hocon.Reading;

namespace Hocon;

/// <summary>
/// One value. Asking for another type than it has is a <see cref="HoconException"/> that says where the value was written.
/// </summary>
public class HoconValue
{
    internal HoconValue(Value tree) => Tree = tree;

    /// <summary>What the value is by itself; <c>null</c> is a text whose <see cref="GetString"/> is null.</summary>
    public virtual HoconType Type => Tree switch
    {
        ObjectValue => HoconType.Object,
        ListValue => HoconType.Array,
        ScalarValue { Kind: ScalarKind.Unquoted, Text: "true" or "false" or "on" or "off" or "yes" or "no" } => HoconType.Boolean,
        ScalarValue { Kind: ScalarKind.Unquoted } scalar when ValueReader.IsNumber(scalar.Text) => HoconType.Number,
        _ => HoconType.String,
    };

    /// <summary>The value as it is written in HOCON, with its quotes.</summary>
    public virtual string Raw => Tree is ScalarValue { Kind: ScalarKind.Unquoted } scalar ? scalar.Text : Printer.PrintInner(Tree);

    internal Value Tree { get; }

    public virtual HoconObject GetObject() =>
        Read(tree => tree is ObjectValue fields ? new HoconObject(fields) : throw ValueReader.Wrong(tree, "an object"));

    /// <summary>The items of a list, or the values of an object with numeric keys.</summary>
    public virtual IList<HoconValue> GetArray() => Read(tree => ValueReader.ListOf(tree, item => new HoconValue(item)));

    public virtual string? GetString() => Read(ValueReader.Text);

    public bool GetBoolean() => Read(ValueReader.Boolean);

    public int GetInt() => Read(ValueReader.Int);

    public long GetLong() => Read(ValueReader.Long);

    public double GetDouble() => Read(ValueReader.Double);

    public decimal GetDecimal() => Read(ValueReader.Decimal);

    /// <summary>A duration; a bare number is milliseconds, <c>infinite</c> is <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public TimeSpan GetTimeSpan(bool allowInfinite = true) => Read(tree => ValueReader.Duration(tree, allowInfinite));

    /// <summary>A size in octets.</summary>
    public long? GetByteSize() => Read(ValueReader.Size);

    public IList<string> GetStringList() => Read(tree => ValueReader.ListOf(tree, item => ValueReader.Text(item)!));

    public IList<int> GetIntList() => Read(tree => ValueReader.ListOf(tree, ValueReader.Int));

    public override string ToString() => Printer.PrintInner(Tree);

    private T Read<T>(Func<Value, T> read)
    {
        try
        {
            return read(Tree);
        }
        catch (FormatException problem)
        {
            throw new HoconException(problem.Message, problem);
        }
    }
}
