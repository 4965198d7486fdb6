using System.Diagnostics.CodeAnalysis;
using Gateway.Actors.Settings.Reading;
using Gateway.Node.Commands;
using Gateway.Protocol;

namespace Gateway.Node.Status.Json;

/// <summary>A request to explain.</summary>
public sealed record ExplainQuery
{
    /// <summary>HOST:PORT.</summary>
    public required string Destination { get; init; }

    /// <summary>The client's address; 127.0.0.1 when absent.</summary>
    public string? From { get; init; }

    /// <summary>The name that it logged in with.</summary>
    public string? User { get; init; }

    /// <summary><c>connect</c>, <c>bind</c>, <c>udp-associate</c> or <c>address-associate</c>.</summary>
    public string? Command { get; init; }

    /// <summary>The number of the listener, from 0.</summary>
    public int? Listener { get; init; }

    /// <summary>What is asked, or what is wrong with the question.</summary>
    internal bool TryRead(out SocksEndpoint destination, out IpLiteral client, out SocksCommand command, [NotNullWhen(false)] out string? problem)
    {
        (client, command, problem) = (default, default, null);
        if (!SettingsText.TryServer(Destination, out destination))
            problem = $"\"{Destination}\" is not HOST:PORT";
        else if (!IpLiteral.TryParse(From ?? "127.0.0.1", out client))
            problem = $"\"{From}\" is not an address";
        else if (!ExplainCommand.Commands.TryGetValue(Command ?? "connect", out command))
            problem = $"\"{Command}\" is no command; there are {string.Join(", ", ExplainCommand.Commands.Keys)}";
        return problem is null;
    }
}
