using System.Diagnostics.CodeAnalysis;
using Hocon.Reading;

namespace Hocon;

/// <summary>
/// Values read by path (<c>a.b."c.d"</c>). A path at which nothing stands gives the default, and is a <see cref="HoconValueException"/>
/// where there is none; a value of another type is one too.
/// </summary>
public class HoconRoot
{
    public HoconRoot(HoconValue value) : this(value.Tree)
    {
    }

    internal HoconRoot(Value tree) => Tree = tree;

    public virtual HoconValue Value => new(Tree);

    internal Value Tree { get; }

    public virtual bool HasPath(string path) => Find(path) is not null;

    public virtual HoconValue GetValue(string path) => Get(path, tree => new HoconValue(tree));

    public virtual bool TryGetValue(string path, [NotNullWhen(true)] out HoconValue? result)
    {
        result = Find(path) is { } value ? new HoconValue(value) : null;
        return result is not null;
    }

    public virtual HoconObject GetObject(string path) => GetValue(path).GetObject();

    public virtual string? GetString(string path) => Get(path, ValueReader.Text);

    [return: NotNullIfNotNull(nameof(@default))]
    public virtual string? GetString(string path, string? @default) => Get(path, ValueReader.Text, @default);

    public virtual bool GetBoolean(string path) => Get(path, ValueReader.Boolean);

    public virtual bool GetBoolean(string path, bool @default) => Get(path, ValueReader.Boolean, @default);

    public virtual int GetInt(string path) => Get(path, ValueReader.Int);

    public virtual int GetInt(string path, int @default) => Get(path, ValueReader.Int, @default);

    public virtual long GetLong(string path) => Get(path, ValueReader.Long);

    public virtual long GetLong(string path, long @default) => Get(path, ValueReader.Long, @default);

    public virtual double GetDouble(string path) => Get(path, ValueReader.Double);

    public virtual double GetDouble(string path, double @default) => Get(path, ValueReader.Double, @default);

    public virtual decimal GetDecimal(string path) => Get(path, ValueReader.Decimal);

    public virtual decimal GetDecimal(string path, decimal @default) => Get(path, ValueReader.Decimal, @default);

    /// <summary>A duration; a bare number is milliseconds, <c>infinite</c> is <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public virtual TimeSpan GetTimeSpan(string path, bool allowInfinite = true) =>
        Get(path, tree => ValueReader.Duration(tree, allowInfinite));

    /// <inheritdoc cref="GetTimeSpan(string, bool)"/>
    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default, bool allowInfinite = true) =>
        Get(path, tree => ValueReader.Duration(tree, allowInfinite), @default.GetValueOrDefault());

    /// <summary>A size in octets.</summary>
    public virtual long? GetByteSize(string path) => Get<long?>(path, tree => ValueReader.Size(tree));

    /// <inheritdoc cref="GetByteSize(string)"/>
    public virtual long? GetByteSize(string path, long? @default) => Get(path, tree => ValueReader.Size(tree), @default);

    public virtual IList<string> GetStringList(string path) => Get(path, Strings);

    public virtual IList<string> GetStringList(string path, IList<string> @default) => Get(path, Strings, @default);

    public virtual IList<int> GetIntList(string path) => Get(path, Ints);

    public virtual IList<int> GetIntList(string path, IList<int> @default) => Get(path, Ints, @default);

    /// <summary>The keys at the top.</summary>
    public virtual IEnumerable<KeyValuePair<string, HoconField>> AsEnumerable() => Value.GetObject();

    public override string ToString() => Printer.Print(Tree);

    internal Value? Find(string path) => (Tree as ObjectValue)?.Find(PathText.Parse(path));

    private static IList<string> Strings(Value tree) => ValueReader.ListOf(tree, item => ValueReader.Text(item)!);

    private static IList<int> Ints(Value tree) => ValueReader.ListOf(tree, ValueReader.Int);

    private T Get<T>(string path, Func<Value, T> read) =>
        Find(path) is { } tree
            ? Read(path, tree, read)
            : throw new HoconValueException($"{path}: there is no such setting", path, new KeyNotFoundException(path));

    private T Get<T>(string path, Func<Value, T> read, T @default) => Find(path) is { } tree ? Read(path, tree, read) : @default;

    private static T Read<T>(string path, Value tree, Func<Value, T> read)
    {
        try
        {
            return read(tree);
        }
        catch (FormatException problem)
        {
            throw new HoconValueException($"{path}: {problem.Message}", path, problem);
        }
    }
}
