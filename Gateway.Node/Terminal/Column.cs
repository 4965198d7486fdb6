namespace Gateway.Node.Terminal;

/// <summary>A column of a <see cref="Sheet"/>.</summary>
/// <param name="Title">Its head.</param>
/// <param name="Least">What it may be narrowed to where room is short; 0 when it keeps its width.</param>
/// <param name="IsNumber">Aligned to the right.</param>
/// <param name="IsOptional">Left out where there is no room even so, the last one first; then others are, and the first column never.</param>
internal sealed record Column(string Title, int Least = 0, bool IsNumber = false, bool IsOptional = false);
