namespace Akka.Actor;

internal static class PathElements
{
    /// <summary>All elements but the first.</summary>
    public static IReadOnlyList<string> Tail(this IReadOnlyList<string> elements) => elements switch
    {
        ArraySegment<string> segment => segment[1..],
        string[] array => new ArraySegment<string>(array, 1, array.Length - 1),
        _ => new ArraySegment<string>([.. elements], 1, elements.Count - 1),
    };
}
