using System.Text;
using Gateway.Actors.Settings.Reading;

namespace Gateway.Actors.Settings;

/// <summary>What the files said of the gateway's own keys, to be compared with what they say later.</summary>
public sealed class SettingsTree
{
    private static readonly string[] Roots = ["socks64", "akka"];

    /// <summary>Objects up to here are sections, whose keys are told one by one; deeper ones are things with a name, and told whole.</summary>
    private const int SectionDepth = 2;

    private readonly SettingsNode? _root;
    private readonly ReadingContext _context;

    internal SettingsTree(SettingsNode? root, ReadingContext context) => (_root, _context) = (root, context);

    /// <summary>What <paramref name="newer"/> says differently, in the order of its text; comments, spelling and order of keys do not count.</summary>
    public IReadOnlyList<SettingsChange> ChangesTo(SettingsTree newer)
    {
        List<SettingsChange> changes = [];
        foreach (var root in Roots)
            Compare(_root?.Field(root), newer._root?.Field(root), newer, 1, changes);
        return changes;
    }

    private void Compare(SettingsNode? before, SettingsNode? after, SettingsTree newer, int depth, List<SettingsChange> changes)
    {
        if (before is null && after is null)
            return;
        if (before is { Items: { } items } && after is { Items: { } others })
            CompareItems(items, others, newer, depth, changes);
        else if (IsObjectOrAbsent(before) && IsObjectOrAbsent(after) && (depth <= SectionDepth || (before is not null && after is not null)))
            CompareFields(before, after, newer, depth, changes);
        else if (before is null || after is null || Text(before) != Text(after))
            changes.Add(new((after ?? before)!.Path, Shown(before), newer.Shown(after), after is null ? null : newer._context.Source.Find(after.Path)));
    }

    private static bool IsObjectOrAbsent(SettingsNode? node) => node is null or { Fields: not null };

    private void CompareFields(SettingsNode? before, SettingsNode? after, SettingsTree newer, int depth, List<SettingsChange> changes)
    {
        foreach (var key in Keys(after).Union(Keys(before)))
            Compare(before?.Field(key), after?.Field(key), newer, depth + 1, changes);
    }

    private static IEnumerable<string> Keys(SettingsNode? node) => (node?.Fields ?? []).Select(field => field.Key);

    /// <summary>An item that has only moved is none; between items that stayed, what is in the place of another is a change of that one.</summary>
    private void CompareItems(IReadOnlyList<SettingsNode> before, IReadOnlyList<SettingsNode> after, SettingsTree newer, int depth, List<SettingsChange> changes)
    {
        foreach (var gap in SequenceGap.Between([.. before.Select(Text)], [.. after.Select(Text)]))
            for (var i = 0; i < Math.Max(gap.Before.Length, gap.After.Length); i++)
                Compare(
                    i < gap.Before.Length ? before[gap.Before.Start + i] : null,
                    i < gap.After.Length ? after[gap.After.Start + i] : null,
                    newer, depth + SectionDepth, changes);
    }

    /// <summary>All of it, to be compared.</summary>
    private static string Text(SettingsNode node) => Write(new StringBuilder(), node, static _ => false).ToString();

    private string? Shown(SettingsNode? node) => node is null ? null : Write(new StringBuilder(), node, IsHidden).ToString();

    /// <summary>Nobody knows which of Akka's settings hold a password.</summary>
    private bool IsHidden(SettingsNode node) => _context.Hidden.Contains(node.Path) || node.Path.StartsWith("akka.", StringComparison.Ordinal);

    private static StringBuilder Write(StringBuilder text, SettingsNode node, Func<SettingsNode, bool> isHidden)
    {
        if (isHidden(node))
            return text.Append("***");
        if (node.Text is { } value)
            return WriteText(text, value);
        var (open, close, children) = node.Items is { } items
            ? ('[', ']', items.Select(item => ("", item)))
            : ('{', '}', node.Fields!.Select(field => (field.Key, field.Value)));
        text.Append(open);
        var isFirst = true;
        foreach (var (key, child) in children)
        {
            text.Append(isFirst ? "" : ", ");
            isFirst = false;
            if (key.Length > 0)
                WriteText(text, key).Append(" = ");
            Write(text, child, isHidden);
        }
        return text.Append(close);
    }

    private static StringBuilder WriteText(StringBuilder text, string value)
    {
        if (value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
            return text.Append(value);
        text.Append('"');
        foreach (var c in value)
            _ = c is '"' or '\\' ? text.Append('\\').Append(c) : char.IsControl(c) ? text.Append($"\\u{(int)c:x4}") : text.Append(c);
        return text.Append('"');
    }
}
