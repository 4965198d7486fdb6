namespace Gateway.Actors.Settings.Reading;

/// <summary>How much a <see cref="SettingsProblem"/> matters.</summary>
public enum Severity
{
    /// <summary>Works, but probably not as meant.</summary>
    Warning,
    /// <summary>The gateway does not start with it.</summary>
    Error,
}

/// <summary>
/// One thing that is wrong with the settings, in one line for the user:
/// <c>gateway.conf:14: socks64.chains.v6-lab.hops[0].pik: unknown key; did you mean "pick"?</c>
/// </summary>
/// <param name="Where">Null when no file holds it: a default, or something that is missing.</param>
/// <param name="Path">The key, from the root; empty for a whole file.</param>
/// <param name="Message">Says what is wrong and, where it can, what would be right. Never contains a secret.</param>
public sealed record SettingsProblem(SourcePosition? Where, string Path, string Message, Severity Severity = Severity.Error)
{
    public override string ToString() => string.Join(": ", Parts());

    private IEnumerable<string> Parts()
    {
        if (Where is { } where)
            yield return where.ToString();
        if (Path.Length > 0)
            yield return Path;
        yield return Severity == Severity.Warning ? $"warning: {Message}" : Message;
    }
}
