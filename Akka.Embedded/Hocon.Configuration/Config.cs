using Hocon.Reading;

namespace Hocon;

/// <summary>An immutable configuration whose root is an object.</summary>
public class Config : HoconRoot
{
    private readonly ObjectValue _own;

    public Config(HoconRoot root) : this(ObjectOf(root))
    {
    }

    public Config(HoconRoot root, Config? fallback) : this(ObjectOf(root).WithFallback(fallback?.Fields ?? ObjectValue.Empty), ObjectOf(root))
    {
    }

    internal Config(ObjectValue tree) : this(tree, tree)
    {
    }

    private Config(ObjectValue tree, ObjectValue own) : base(tree) => _own = own;

    public static Config Empty { get; } = new(ObjectValue.Empty);

    public virtual bool IsEmpty => Fields.Fields.Count == 0;

    /// <summary>The whole, fallbacks included.</summary>
    public HoconValue Root => Value;

    private ObjectValue Fields => (ObjectValue)Tree;

    public static implicit operator Config(string str) => HoconConfigurationFactory.ParseString(str);

    /// <returns>Empty if there is nothing at the path.</returns>
    /// <exception cref="HoconValueException">Something else than an object stands there.</exception>
    public virtual Config GetConfig(string path) => Find(path) switch
    {
        null => Empty,
        ObjectValue inner => new Config(inner),
        var other =>
            throw new HoconValueException($"{path}: {ValueReader.Wrong(other, "an object").Message}", path, new InvalidCastException()),
    };

    public virtual Config WithFallback(Config? fallback)
    {
        if (ReferenceEquals(fallback, this)) throw new ArgumentException("A configuration cannot be its own fallback.", nameof(fallback));
        return fallback.IsNullOrEmpty() ? this : new Config(Fields.WithFallback(fallback.Fields), _own);
    }

    /// <summary>HOCON text, with or without what only the fallbacks say.</summary>
    public string ToString(bool useFallbackValues) => Printer.Print(useFallbackValues ? Tree : _own);

    private static ObjectValue ObjectOf(HoconRoot root) =>
        root.Tree as ObjectValue ?? throw new HoconException(ValueReader.Wrong(root.Tree, "an object").Message);
}
