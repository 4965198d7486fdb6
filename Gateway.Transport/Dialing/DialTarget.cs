using Gateway.Protocol;

namespace Gateway.Transport;

/// <summary>Where to, and under which conditions.</summary>
public readonly record struct DialTarget
{
    /// <summary>To a name, or to an address in text form (<c>2001:db8::1</c>, with brackets or without).</summary>
    public DialTarget(string name, ushort port)
    {
        Port = port;
        if (IpLiteral.TryParse(name, out var literal))
            Endpoint = IpEndpoint.From(literal, port);
        else
            Name = name;
    }

    /// <summary>To an address.</summary>
    public DialTarget(IpEndpoint endpoint) => (Endpoint, Port) = (endpoint, endpoint.Port);

    /// <summary>The name to resolve; null for an address.</summary>
    public string? Name { get; }

    /// <summary>The address, when there is no name.</summary>
    public IpEndpoint Endpoint { get; }

    public ushort Port { get; }

    /// <summary>Families that may be used.</summary>
    public FamilyWish Over { get; init; }

    /// <summary>Judges every address before it is tried; null allows all. Called on the loop's thread.</summary>
    public Func<IpEndpoint, bool>? Judge { get; init; }

    /// <summary>For whom: one client's sockets have one source (<see cref="Egress.For"/>); null: sources take turns.</summary>
    public IpLiteral? Client { get; init; }

    /// <summary>Time limit of the whole dial; null: only the attempts have limits.</summary>
    public TimeSpan? Timeout { get; init; }
}
