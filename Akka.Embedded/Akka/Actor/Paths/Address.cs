namespace Akka.Actor;

/// <summary>Where an actor system lives: <c>protocol://system</c>, or <c>protocol://system@host:port</c> where others can reach it. An IPv6 host is in brackets.</summary>
public sealed class Address : IEquatable<Address>, IComparable<Address>, IComparable, ICloneable
{
    /// <summary>Any system; the address of references that belong to none.</summary>
    public static readonly Address AllSystems = new("akka", "all-systems");

    public static readonly IComparer<Address> Comparer = Comparer<Address>.Create((left, right) => Compare(left, right));

    private string? _text;

    public Address(string protocol, string system, string? host = null, int? port = null)
    {
        Protocol = protocol;
        System = system;
        Host = host?.ToLowerInvariant()!;
        Port = port;
    }

    public string Protocol { get; }
    public string System { get; }

    /// <summary>Null for an address that only has a meaning within its system.</summary>
    public string Host { get; }

    public int? Port { get; }
    public bool HasLocalScope => string.IsNullOrEmpty(Host);
    public bool HasGlobalScope => !HasLocalScope;

    /// <summary><c>system@host:port</c>.</summary>
    public string HostPort()
    {
        var text = ToString();
        return text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..];
    }

    public override string ToString() => _text ??= Host is null
        ? $"{Protocol}://{System}"
        : Port is null ? $"{Protocol}://{System}@{Host}" : $"{Protocol}://{System}@{Host}:{Port}";

    public Address WithHost(string? host = null) => new(Protocol, System, host, Port);
    public Address WithPort(int? port = null) => new(Protocol, System, Host, port);
    public Address WithProtocol(string protocol) => new(protocol, System, Host, Port);
    public Address WithSystem(string system) => new(Protocol, system, Host, Port);
    public object Clone() => new Address(Protocol, System, Host, Port);

    public bool Equals(Address? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Port == other.Port && Host == other.Host && System == other.System && Protocol == other.Protocol);

    public override bool Equals(object? obj) => obj is Address other && Equals(other);
    public override int GetHashCode() => unchecked((System.GetHashCode() * 31 + (Host?.GetHashCode() ?? 0)) * 31 + Port.GetValueOrDefault());
    public int CompareTo(Address? other) => Compare(this, other);

    int IComparable.CompareTo(object? obj) => obj is Address other
        ? Compare(this, other)
        : throw new ArgumentException($"Object must be an {nameof(Address)}.", nameof(obj));

    public static bool operator ==(Address? left, Address? right) => Equals(left, right);
    public static bool operator !=(Address? left, Address? right) => !Equals(left, right);

    /// <exception cref="UriFormatException">The text is no address.</exception>
    public static Address Parse(string address) => TryParse(address, out Address result)
        ? result
        : throw new UriFormatException($"[{address}] is not an address of an actor system.");

    public static bool TryParse(string path, out Address address) => TryParse(path.AsSpan(), out address, out _);

    public static bool TryParse(string path, out Address address, out string absolutUri)
    {
        var ok = TryParse(path.AsSpan(), out address, out var rest);
        absolutUri = rest.ToString();
        return ok;
    }

    public static bool TryParse(ReadOnlySpan<char> span, out Address address) => TryParse(span, out address, out _);

    /// <summary>Reads the address at the start; <paramref name="absolutUri"/> is the path behind it, <c>/</c> if there is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> span, out Address address, out ReadOnlySpan<char> absolutUri)
    {
        address = null!;
        absolutUri = default;
        var scheme = span.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0 || !span.StartsWith("akka", StringComparison.Ordinal))
            return false;
        var protocol = span[..scheme];
        var rest = span[(scheme + 3)..];
        var slash = rest.IndexOf('/');
        absolutUri = slash < 0 ? "/" : rest[slash..];
        var authority = slash < 0 ? rest : rest[..slash];
        var at = authority.IndexOf('@');
        if (at < 0)
        {
            if (authority.IsEmpty || authority.Contains(':'))
                return false;
            address = new Address(protocol.ToString(), authority.ToString());
            return true;
        }

        var hostPort = authority[(at + 1)..];
        var colon = hostPort.LastIndexOf(':');
        if (at == 0 || colon <= 0 || !ushort.TryParse(hostPort[(colon + 1)..], out var port) || !IsHost(hostPort[..colon]))
            return false;
        address = new Address(protocol.ToString(), authority[..at].ToString(), hostPort[..colon].ToString(), port);
        return true;
    }

    private static bool IsHost(ReadOnlySpan<char> host) =>
        host[0] == '[' ? host[^1] == ']' && host.Length > 2 : !host.Contains(':') && !host.Contains('@');

    private static int Compare(Address? left, Address? right)
    {
        if (ReferenceEquals(left, right))
            return 0;
        if (left is null)
            return -1;
        if (right is null)
            return 1;
        var order = string.CompareOrdinal(left.Protocol, right.Protocol);
        if (order == 0)
            order = string.CompareOrdinal(left.System, right.System);
        if (order == 0)
            order = string.CompareOrdinal(left.Host ?? "", right.Host ?? "");
        return order == 0 ? (left.Port ?? 0).CompareTo(right.Port ?? 0) : order;
    }
}
