using Spectre.Console.Rendering;

namespace Gateway.Node.Terminal.Top;

/// <summary>Lines from the top of the screen and one at its foot, padded to its size, so that each frame covers the one before.</summary>
internal sealed class TopFrame(IReadOnlyList<IRenderable> lines, IRenderable foot, int width, int height) : Renderable
{
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var rendered = lines.SelectMany(line => Segment.SplitLines(line.Render(options, width), width)).Take(height - 1).ToList();
        while (rendered.Count < height - 1)
            rendered.Add([]);
        rendered.AddRange(Segment.SplitLines(foot.Render(options, width), width).Take(1));
        foreach (var (number, line) in rendered.Index())
        {
            foreach (var segment in line)
                yield return segment;
            yield return Segment.Padding(Math.Max(0, width - Segment.CellCount(line)));
            if (number < height - 1)
                yield return Segment.LineBreak;
        }
    }
}
