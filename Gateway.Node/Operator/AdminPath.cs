using System.Text;

namespace Gateway.Node.Operator;

/// <summary>A path of the API with its terms; those that are null are left out.</summary>
internal static class AdminPath
{
    public static string Of(string path, params ReadOnlySpan<(string Name, string? Value)> terms)
    {
        var text = new StringBuilder(path);
        foreach (var (name, value) in terms)
            if (value is not null)
                text.Append(text.Length == path.Length ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return text.ToString();
    }
}
