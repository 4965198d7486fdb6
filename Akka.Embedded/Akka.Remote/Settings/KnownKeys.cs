using Akka.Configuration;

namespace Akka.Remote;

/// <summary>Finds settings that nobody reads: a misspelled key is an error at the start, and not a surprise later.</summary>
internal static class KnownKeys
{
    /// <param name="given">What the system was created with.</param>
    /// <param name="reference">Every key there is.</param>
    /// <param name="section">Where to look.</param>
    /// <param name="open">Paths below which users choose the keys.</param>
    /// <exception cref="ConfigurationException">One or more keys are unknown; all of them are named.</exception>
    public static void Check(Config given, Config reference, string section, params string[] open)
    {
        var unknown = new List<string>();
        Walk(section);
        if (unknown.Count > 0)
            throw new ConfigurationException($"Unknown settings: {string.Join(", ", unknown)}");

        void Walk(string path)
        {
            if (open.Contains(path) || given.GetValue(path) is not { } value || !value.IsObject())
                return;
            foreach (var key in value.GetObject()!.Items.Keys)
            {
                var inner = $"{path}.{Quoted(key)}";
                if (!reference.HasPath(inner))
                    unknown.Add(inner);
                else
                    Walk(inner);
            }
        }
    }

    private static string Quoted(string key) => key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? key : $"\"{key}\"";
}
