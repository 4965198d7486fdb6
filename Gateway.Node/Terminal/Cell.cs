using Spectre.Console;

namespace Gateway.Node.Terminal;

/// <summary>A text on one line of the screen, and how it looks.</summary>
internal readonly record struct Cell
{
    /// <param name="text">Names and messages come from clients and other gateways: what could steer the terminal is made visible and harmless.</param>
    public Cell(string? text, Style? style = null) =>
        (Text, Style) = (text is null ? "" : string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format ? '\uFFFD' : c)), style);

    public string Text { get; }

    public Style? Style { get; }

    public static implicit operator Cell(string? text) => new(text);

    /// <summary>With its end cut off where it is wider than <paramref name="width"/>.</summary>
    public string Within(int width) => Text.Length <= width ? Text : width <= 1 ? Text[..Math.Max(0, width)] : $"{Text[..(width - 1)]}…";
}
