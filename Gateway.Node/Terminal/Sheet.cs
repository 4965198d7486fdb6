using Spectre.Console;
using Spectre.Console.Rendering;

namespace Gateway.Node.Terminal;

/// <summary>Rows under columns that fit into a width: one line a row, narrowed first where that is allowed, then with fewer columns.</summary>
internal static class Sheet
{
    private const int Gap = 2;

    /// <param name="columns">At least one.</param>
    /// <param name="rows">A cell for each column.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static Renderable Of(IReadOnlyList<Column> columns, IReadOnlyList<IReadOnlyList<Cell>> rows, int width)
    {
        var widths = Fit(columns, [.. columns.Select((column, place) => rows.Select(row => row[place].Text.Length).Append(column.Title.Length).Max())], width);
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        foreach (var (place, column) in columns.Index())
            if (widths[place] is { } kept)
                table.AddColumn(new TableColumn(new Text(new Cell(column.Title).Within(kept), Looks.Quiet))
                {
                    Width = kept,
                    NoWrap = true,
                    Padding = new Padding(0, 0, Gap, 0),
                    Alignment = column.IsNumber ? Justify.Right : Justify.Left,
                });
        foreach (var row in rows)
            table.AddRow(row.Select((cell, place) => (cell, kept: widths[place])).Where(pair => pair.kept is not null).Select(pair => new Text(pair.cell.Within(pair.kept!.Value), pair.cell.Style)));
        return table;
    }

    /// <summary>The width of each column; null for one that is left out.</summary>
    internal static int?[] Fit(IReadOnlyList<Column> columns, int[] natural, int width)
    {
        int?[] widths = [.. natural];
        while (Total() > width)
        {
            var widest = Enumerable.Range(0, columns.Count).Where(place => columns[place].Least > 0 && widths[place] > columns[place].Least).OrderByDescending(place => widths[place]).Append(-1).First();
            if (widest >= 0)
                widths[widest]--;
            else if (LastOf(place => columns[place].IsOptional) is var optional && (optional > 0 ? optional : LastOf(_ => true)) is > 0 and var last)
            {
                widths[last] = null;
                // What gave way to it may have its width again.
                for (var place = 0; place < columns.Count; place++)
                    widths[place] = widths[place] is null ? null : natural[place];
            }
            else
                break;
        }
        return widths;

        int LastOf(Func<int, bool> isSuch) => Enumerable.Range(0, columns.Count).LastOrDefault(place => widths[place] is not null && isSuch(place));

        int Total() => widths.Sum(kept => kept is { } taken ? taken + Gap : 0);
    }
}
