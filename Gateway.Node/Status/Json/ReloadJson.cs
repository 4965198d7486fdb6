using Gateway.Actors.Reloading;

namespace Gateway.Node.Status.Json;

/// <summary>What came of reading the settings again at one gateway.</summary>
/// <param name="Error">Why nothing was changed.</param>
/// <param name="Done">In words, what was.</param>
/// <param name="Problems">What is wrong with the settings, or what they were accepted in spite of, with file and line.</param>
/// <param name="Changes">What differs from before; no secret is in it.</param>
/// <param name="NeedRestart">Those of the changes that wait for the next start.</param>
public sealed record ReloadJson(
    string Node, string? Error, string? Done, IReadOnlyList<string> Problems, IReadOnlyList<string> Changes, IReadOnlyList<string> NeedRestart) : INodeAnswer
{
    internal static ReloadJson Of(string node, ReloadOutcome outcome) => new(
        node,
        outcome.IsDone ? null : outcome.ToString(),
        outcome.IsDone ? outcome.ToString() : null,
        outcome.Problems,
        [.. outcome.Changes.Select(change => change.ToString())],
        [.. outcome.Changes.Where(change => change.NeedsRestart).Select(change => change.Key)]);
}
