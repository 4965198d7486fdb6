using System.Text.Json;

namespace Gateway.Bench;

/// <summary>What an entry's log says of a session that has closed.</summary>
/// <param name="Started">UTC.</param>
/// <param name="Client">Address and port, which the client knows too.</param>
/// <param name="Hops">Names of the nodes that it went through.</param>
/// <param name="Reason">Why it closed.</param>
internal sealed record EntryRecord(DateTime Started, string Client, string[] Hops, string Reason)
{
    /// <summary>Null for a line that is no session's.</summary>
    public static EntryRecord? Parse(string line)
    {
        if (!line.Contains("\"trace\""))
            return null;
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        return new(
            root.GetProperty("started").GetDateTime(),
            root.GetProperty("client").GetString()!,
            root.TryGetProperty("hops", out var hops) ? [.. hops.EnumerateArray().Select(hop => hop.GetProperty("name").GetString()!)] : [],
            root.GetProperty("reason").GetString()!);
    }
}
