using Gateway.Actors.Settings.Reading;

namespace Gateway.Actors.Settings;

/// <summary>One value below a key of the user's own.</summary>
/// <param name="Where">Null when the value came by substitution and no file writes the key.</param>
/// <param name="Key">From the root, items of lists with their number: <c>lab.nodes.e1.roles[0]</c>.</param>
/// <param name="Text">As HOCON gives it.</param>
public sealed record OwnValue(SourcePosition? Where, string Key, string Text);
