namespace Akka.Actor;

/// <summary>The place of an actor in the tree. Equality looks at address and names; the uid tells incarnations apart.</summary>
public abstract class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>
{
    public const string ValidSymbols = "\"-_.*$+:@&=,!~';()";

    private readonly ActorPath? _parent;

    protected ActorPath(Address address, string name)
    {
        Address = address;
        Name = name;
    }

    protected ActorPath(ActorPath parentPath, string name, long uid)
    {
        _parent = parentPath;
        Address = parentPath.Address;
        Name = name;
        Uid = uid;
        Depth = parentPath.Depth + 1;
    }

    public Address Address { get; }
    public string Name { get; }
    public long Uid { get; }
    public int Depth { get; }

    /// <summary>The parent; a root is its own.</summary>
    public ActorPath Parent => _parent ?? this;

    public ActorPath Root => ParentOf(0);

    /// <summary>The names from below the root down to this one.</summary>
    public IReadOnlyList<string> Elements
    {
        get
        {
            var elements = new string[Depth];
            for (var path = this; path._parent is not null; path = path._parent)
                elements[path.Depth - 1] = path.Name;
            return elements;
        }
    }

    /// <summary>The ancestor at that depth; a negative depth counts upwards from here.</summary>
    public ActorPath ParentOf(int depth)
    {
        var path = this;
        var steps = depth >= 0 ? Depth - depth : -depth;
        for (; steps > 0 && path._parent is not null; steps--)
            path = path._parent;
        return path;
    }

    public ActorPath Child(string childName) => this / childName;

    public ActorPath WithUid(long uid) => uid == Uid || _parent is null ? this : new ChildActorPath(_parent, Name, uid);

    public bool Equals(ActorPath? other)
    {
        var left = this;
        var right = other;
        if (right is null || left.Depth != right.Depth)
            return false;
        for (; left._parent is not null && right!._parent is not null; left = left._parent, right = right._parent)
        {
            if (ReferenceEquals(left, right))
                return true;
            if (!string.Equals(left.Name, right.Name, StringComparison.Ordinal))
                return false;
        }

        return ReferenceEquals(left, right) || (left.Address.Equals(right!.Address) && left.Name == right.Name);
    }

    public override bool Equals(object? obj) => obj is ActorPath other && Equals(other);

    public override int GetHashCode()
    {
        var hash = Address.GetHashCode();
        for (var path = this; path._parent is not null; path = path._parent)
            hash = unchecked(hash * 31 + path.Name.GetHashCode(StringComparison.Ordinal));
        return hash;
    }

    public int CompareTo(ActorPath? other) => other is null ? 1 : string.CompareOrdinal(ToString(), other.ToString());

    public override string ToString() => ToStringWithAddress();

    /// <summary><c>/user/a</c>.</summary>
    public string ToStringWithoutAddress() => ActorPathFormat.Format(this, null, withUid: false);

    /// <summary><c>akka://system/user/a</c>.</summary>
    public string ToStringWithAddress() => ActorPathFormat.Format(this, Address, withUid: false);

    /// <summary>As <see cref="ToStringWithAddress()"/>, under <paramref name="address"/> where the own one has no host.</summary>
    public string ToStringWithAddress(Address address) => ActorPathFormat.Format(this, AddressOr(address), withUid: false);

    /// <summary><c>akka://system/user/a#123</c>.</summary>
    public string ToStringWithUid() => ActorPathFormat.Format(this, Address, withUid: true);

    public string ToSerializationFormat() => ToStringWithUid();

    public string ToSerializationFormatWithAddress(Address address) => ActorPathFormat.Format(this, AddressOr(address), withUid: true);

    private Address AddressOr(Address address) => Address.Host is not null && Address.Port is not null ? Address : address;

    public static string FormatPathElements(IEnumerable<string> pathElements) => string.Join('/', pathElements);

    /// <summary>RFC 2396 path characters, and no leading <c>$</c>, which is kept for generated names.</summary>
    public static bool IsValidPathElement(string s) => !string.IsNullOrEmpty(s) && s[0] != '$' && ActorPathFormat.HasValidCharacters(s);

    /// <exception cref="UriFormatException">The text is no actor path.</exception>
    public static ActorPath Parse(string path) => TryParse(path, out var actorPath)
        ? actorPath
        : throw new UriFormatException($"Can not parse an ActorPath: {path}");

    public static bool TryParse(string path, out ActorPath actorPath)
    {
        actorPath = null!;
        return path is not null
            && Address.TryParse(path.AsSpan(), out var address, out var rest)
            && TryParse(new RootActorPath(address), rest, out actorPath);
    }

    public static bool TryParse(ActorPath basePath, string absoluteUri, out ActorPath actorPath) =>
        TryParse(basePath, absoluteUri.AsSpan(), out actorPath);

    /// <summary>Appends <c>a/b#uid</c> to <paramref name="basePath"/>.</summary>
    public static bool TryParse(ActorPath basePath, ReadOnlySpan<char> absoluteUri, out ActorPath actorPath)
    {
        actorPath = basePath;
        foreach (var range in absoluteUri.Split('/'))
        {
            var element = absoluteUri[range];
            if (element.IsEmpty)
                continue;
            var hash = element.IndexOf('#');
            long uid = 0;
            if (hash == 0 || (hash > 0 && !long.TryParse(element[(hash + 1)..], out uid)))
                return false;
            actorPath = new ChildActorPath(actorPath, (hash < 0 ? element : element[..hash]).ToString(), uid);
        }

        return true;
    }

    public static bool TryParseAddress(string path, out Address address) => Address.TryParse(path, out address);

    public static ActorPath operator /(ActorPath path, string name)
    {
        var hash = name.IndexOf('#');
        return hash > 0 && long.TryParse(name.AsSpan(hash + 1), out var uid)
            ? new ChildActorPath(path, name[..hash], uid)
            : new ChildActorPath(path, name, ActorCell.UndefinedUid);
    }

    public static ActorPath operator /(ActorPath path, IEnumerable<string> name)
    {
        foreach (var element in name)
        {
            if (element.Length > 0)
                path /= element;
        }

        return path;
    }

    public static bool operator ==(ActorPath? left, ActorPath? right) => Equals(left, right);
    public static bool operator !=(ActorPath? left, ActorPath? right) => !Equals(left, right);
}
