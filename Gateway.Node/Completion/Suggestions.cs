using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Gateway.Node.Completion;

/// <summary>
/// What may follow on a line that is being typed: <c>socks64 [suggest:POSITION] LINE</c>, the question of System.CommandLine's own shell scripts. Options
/// are named where nothing else may follow, or once a dash has been typed.
/// </summary>
internal static class Suggestions
{
    /// <summary>Null when that is not the question.</summary>
    public static IEnumerable<string>? For(RootCommand root, ParseResult parsed)
    {
        var question = root.Directives.OfType<SuggestDirective>().Select(parsed.GetResult).FirstOrDefault(result => result is not null);
        if (question is null)
            return null;
        var line = parsed.Tokens.LastOrDefault(token => token.Type != TokenType.Directive)?.Value ?? "";
        var position = question.Values is [var text] && int.TryParse(text, CultureInfo.InvariantCulture, out var said) ? Math.Clamp(said, 0, line.Length) : line.Length;
        var all = root.Parse(line).GetCompletions(position).Select(item => item.InsertText ?? item.Label).ToList();
        var isBetweenWords = position == 0 || char.IsWhiteSpace(line[position - 1]);
        var names = all.Where(name => !name.StartsWith('-'));
        return isBetweenWords && names.Any() ? names : all;
    }
}
