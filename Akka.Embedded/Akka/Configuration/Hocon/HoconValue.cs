using Hocon.Reading;

namespace Akka.Configuration.Hocon;

/// <summary>
/// One value of a <see cref="Config"/>. A value of another type than asked for is a <see cref="ConfigurationException"/>.
/// </summary>
public class HoconValue
{
    private readonly Value _value;

    internal HoconValue(Value value) => _value = value;

    public bool IsEmpty => _value is ObjectValue { Fields.Count: 0 };

    public bool IsObject() => _value is ObjectValue;

    public bool IsArray() => _value is ListValue;

    public bool IsString() => _value is ScalarValue;

    public HoconObject? GetObject() => _value is ObjectValue fields ? new HoconObject(fields) : null;

    public IList<HoconValue> GetArray() => Read(value => ValueReader.ListOf(value, item => new HoconValue(item)));

    public string? GetString() => Read(ValueReader.Text);

    public bool GetBoolean() => Read(ValueReader.Boolean);

    public int GetInt() => Read(ValueReader.Int);

    public long GetLong() => Read(ValueReader.Long);

    public double GetDouble() => Read(ValueReader.Double);

    public TimeSpan GetTimeSpan(bool allowInfinite = true) => Read(value => ValueReader.Duration(value, allowInfinite));

    public long? GetByteSize() => Read(ValueReader.Size);

    public IList<string> GetStringList() => Read(value => ValueReader.ListOf(value, item => ValueReader.Text(item)!));

    public Config ToConfig() =>
        _value is ObjectValue fields ? new Config(fields) : throw new ConfigurationException($"{_value.Origin}: an object is expected");

    public override string ToString() => Printer.PrintInner(_value);

    private T Read<T>(Func<Value, T> read)
    {
        try
        {
            return read(_value);
        }
        catch (FormatException problem)
        {
            throw new ConfigurationException(problem.Message, problem);
        }
    }
}
