using Gateway.Actors.Settings;

namespace Gateway.Node.Operator;

/// <summary>The door of a running gateway, and what opens it.</summary>
/// <param name="Address">Ends with a slash.</param>
/// <param name="Token">Null when none is known.</param>
internal sealed record AdminTarget(Uri Address, Secret? Token)
{
    /// <summary>Where a gateway without settings of its own is found.</summary>
    public static Uri DefaultAddress { get; } = new($"http://{new AdminSettings().Address}/");

    /// <summary><c>HOST:PORT</c>, <c>http://HOST:PORT</c> or <c>https://HOST/some/path/</c>, for a door behind a TLS proxy.</summary>
    public static bool TryParse(string text, out Uri address)
    {
        var full = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        address = DefaultAddress;
        if (!Uri.TryCreate(full.EndsWith('/') ? full : full + "/", UriKind.Absolute, out var parsed))
            return false;
        // A name and a password in an address would end up in histories; a door knows neither.
        if (parsed.Scheme is not ("http" or "https") || parsed.UserInfo.Length > 0 || parsed.Query.Length > 0 || parsed.Fragment.Length > 0 || parsed.Host.Length == 0)
            return false;
        address = parsed;
        return true;
    }
}
