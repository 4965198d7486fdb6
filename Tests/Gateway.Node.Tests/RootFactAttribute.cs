namespace Gateway.Node.Tests;

/// <summary>A test that becomes another user for a moment; skipped without the right to.</summary>
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute() => Skip = Environment.UserName == "root" ? null : "needs root to act as another user";
}
