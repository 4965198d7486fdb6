namespace Gateway.Actors.Settings;

/// <summary>Where two sequences differ, between items that both have in the same order.</summary>
/// <param name="Before">Items of the first that the second lacks there: first index and count.</param>
/// <param name="After">Items of the second that the first lacks there.</param>
internal readonly record struct SequenceGap((int Start, int Length) Before, (int Start, int Length) After)
{
    /// <summary>Beyond it the middle of two sequences is one gap: a table of all pairs would be too large.</summary>
    private const int MostPairs = 4 << 20;

    /// <summary>The gaps around a longest common subsequence, from the first to the last.</summary>
    public static IReadOnlyList<SequenceGap> Between(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var (start, shorter) = (0, Math.Min(before.Count, after.Count));
        while (start < shorter && before[start] == after[start])
            start++;
        var end = 0;
        while (end < shorter - start && before[^(end + 1)] == after[^(end + 1)])
            end++;
        var (m, n) = (before.Count - start - end, after.Count - start - end);
        if ((long)m * n > MostPairs)
            return [new((start, m), (start, n))];

        // common[i, j]: how long a common subsequence of what is left from i and j on can be.
        var common = new int[m + 1, n + 1];
        for (var i = m - 1; i >= 0; i--)
            for (var j = n - 1; j >= 0; j--)
                common[i, j] = before[start + i] == after[start + j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);

        List<SequenceGap> gaps = [];
        var (x, y, gapX, gapY) = (0, 0, 0, 0);
        while (x < m || y < n)
        {
            if (x < m && y < n && before[start + x] == after[start + y])
            {
                Close();
                (gapX, gapY) = (++x, ++y);
            }
            else if (y == n || (x < m && common[x + 1, y] >= common[x, y + 1]))
            {
                x++;
            }
            else
            {
                y++;
            }
        }
        Close();
        return gaps;

        void Close()
        {
            if (x > gapX || y > gapY)
                gaps.Add(new((start + gapX, x - gapX), (start + gapY, y - gapY)));
        }
    }
}
