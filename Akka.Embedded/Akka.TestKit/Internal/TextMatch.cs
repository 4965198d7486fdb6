using System.Text.RegularExpressions;

namespace Akka.TestKit.Internal;

/// <summary>What a log message has to look like.</summary>
internal sealed class TextMatch
{
    private readonly string _description;
    private readonly Predicate<string> _holds;

    private TextMatch(string description, Predicate<string> holds) => (_description, _holds) = (description, holds);

    public static TextMatch Of(string? message, string? start, string? contains)
    {
        if (message is not null)
            return new($"== \"{message}\"", text => text == message);
        if (start is not null)
            return new($"starts with \"{start}\"", text => text.StartsWith(start, StringComparison.Ordinal));
        if (contains is not null)
            return new($"contains \"{contains}\"", text => text.Contains(contains, StringComparison.Ordinal));
        return new("with any message", _ => true);
    }

    public static TextMatch Of(Regex pattern) => new($"matches \"{pattern}\"", pattern.IsMatch);

    public bool Holds(object? message) => _holds(message?.ToString() ?? "null");

    public override string ToString() => _description;
}
