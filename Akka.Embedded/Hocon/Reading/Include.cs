namespace Hocon.Reading;

/// <summary>One include statement: <c>include [required(] "name" | file("name") | classpath("name") | url("name") [)]</c>.</summary>
internal sealed record Include(Origin Origin, IncludeKind Kind, string Name, bool Required)
{
    private static readonly (string Word, IncludeKind Kind)[] Kinds =
        [("file(", IncludeKind.File), ("url(", IncludeKind.Url), ("classpath(", IncludeKind.Classpath)];

    public override string ToString() =>
        $"include {(Kind == IncludeKind.Any ? "" : Kind.ToString().ToLowerInvariant() + " ")}{Printer.Quote(Name)}";

    /// <summary>Whether the word is the statement; a key that merely begins so (<c>includes = …</c>) is not.</summary>
    /// <param name="cursor">At the word.</param>
    public static bool StandsAt(Cursor cursor) =>
        cursor.CharAfter("include") is { } next && (next == '"' || char.IsWhiteSpace(next));

    /// <param name="cursor">At the word <c>include</c>.</param>
    public static Include Read(Cursor cursor)
    {
        var origin = cursor.Here;
        cursor.Advance("include".Length);
        cursor.SkipBlank();
        var required = cursor.TryTake("required(");
        cursor.SkipBlank();
        var kind = IncludeKind.Any;
        foreach (var known in Kinds)
        {
            if (cursor.TryTake(known.Word)) kind = known.Kind;
        }
        cursor.SkipBlank();
        if (cursor.AtEnd || cursor.Current != '"')
            throw cursor.Here.Error($"include is followed by a quoted name, file(\"…\") or required(…), not by {cursor.Described}");
        var name = cursor.TakeQuoted(out _);
        if (kind != IncludeKind.Any) Close(cursor);
        if (required) Close(cursor);
        return new Include(origin, kind, name, required);
    }

    private static void Close(Cursor cursor)
    {
        cursor.SkipBlank();
        if (!cursor.TryTake(")")) throw cursor.Here.Error($"')' is expected at the end of the include, not {cursor.Described}");
    }
}

internal enum IncludeKind { Any, File, Url, Classpath }
