using System.Diagnostics.CodeAnalysis;
using Akka.Configuration.Hocon;
using Hocon.Reading;

namespace Akka.Configuration;

/// <summary>
/// An immutable configuration, read by path (<c>a.b."c.d"</c>). A missing path gives the default; a value of another type is a
/// <see cref="ConfigurationException"/> that names the path and the place.
/// </summary>
public class Config
{
    public static readonly Config Empty = new();

    private readonly ObjectValue _tree;
    private readonly ObjectValue _own;

    public Config() : this(ObjectValue.Empty)
    {
    }

    public Config(Config source, Config? fallback) : this(source._tree.WithFallback(fallback?._tree ?? ObjectValue.Empty), source._own)
    {
    }

    internal Config(ObjectValue tree) : this(tree, tree)
    {
    }

    private Config(ObjectValue tree, ObjectValue own)
    {
        _tree = tree;
        _own = own;
    }

    public virtual bool IsEmpty => _tree.Fields.Count == 0;

    public HoconValue Root => new(_tree);

    public static implicit operator Config(string str) => ConfigurationFactory.ParseString(str);

    /// <summary>The keys at the top, fallbacks included.</summary>
    public virtual IEnumerable<KeyValuePair<string, HoconValue>> AsEnumerable()
    {
        foreach (var (key, value) in _tree.Fields)
            yield return KeyValuePair.Create(key, new HoconValue(value));
    }

    public virtual bool HasPath(string path) => Find(path) is not null;

    public HoconValue? GetValue(string path) => Find(path) is { } value ? new HoconValue(value) : null;

    /// <returns>Null if there is nothing at the path.</returns>
    public virtual Config? GetConfig(string path) => Find(path) switch
    {
        null => null,
        ObjectValue inner => new Config(inner),
        var other => throw new ConfigurationException($"{other.Origin}: {path}: an object is expected, not {ValueReader.Describe(other)}"),
    };

    [return: NotNullIfNotNull(nameof(@default))]
    public virtual string? GetString(string path, string? @default = null) => Get(path, ValueReader.Text, @default);

    public virtual bool GetBoolean(string path, bool @default = false) => Get(path, ValueReader.Boolean, @default);

    public virtual int GetInt(string path, int @default = 0) => Get(path, ValueReader.Int, @default);

    public virtual long GetLong(string path, long @default = 0) => Get(path, ValueReader.Long, @default);

    public virtual float GetFloat(string path, float @default = 0) => Get(path, ValueReader.Float, @default);

    public virtual double GetDouble(string path, double @default = 0) => Get(path, ValueReader.Double, @default);

    public virtual decimal GetDecimal(string path, decimal @default = 0) => Get(path, ValueReader.Decimal, @default);

    /// <summary>A duration; a bare number is milliseconds, <c>infinite</c> is <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true) =>
        new(Get(path, value => ValueReader.Duration(value, allowInfinite).Ticks, @default.GetValueOrDefault().Ticks));

    /// <summary>A size in octets.</summary>
    public virtual long? GetByteSize(string path) => GetByteSize(path, null);

    /// <inheritdoc cref="GetByteSize(string)"/>
    public virtual long? GetByteSize(string path, long? def = null) => HasPath(path) ? Get(path, ValueReader.Size, 0L) : def;

    /// <returns>Empty if there is nothing at the path.</returns>
    public virtual IList<string> GetStringList(string path) => GetStringList(path, []);

    public virtual IList<string> GetStringList(string path, string[] defaultPaths) =>
        Get<IList<string>>(path, value => ValueReader.ListOf(value, item => ValueReader.Text(item)!), defaultPaths);

    public virtual IList<int> GetIntList(string path) => Get<IList<int>>(path, value => ValueReader.ListOf(value, ValueReader.Int), []);

    public virtual Config WithFallback(Config? fallback)
    {
        if (ReferenceEquals(fallback, this)) throw new ArgumentException("A configuration cannot be its own fallback.", nameof(fallback));
        return fallback.IsNullOrEmpty() ? this : new Config(this, fallback);
    }

    /// <summary>HOCON text of this configuration without its fallbacks.</summary>
    public override string ToString() => ToString(false);

    public string ToString(bool includeFallback) => Printer.Print(includeFallback ? _tree : _own);

    private Value? Find(string path) => _tree.Find(PathText.Parse(path));

    private T Get<T>(string path, Func<Value, T> read, T @default)
    {
        if (Find(path) is not { } value) return @default;
        try
        {
            return read(value);
        }
        catch (FormatException problem)
        {
            throw new ConfigurationException($"{path}: {problem.Message}", problem);
        }
    }
}
