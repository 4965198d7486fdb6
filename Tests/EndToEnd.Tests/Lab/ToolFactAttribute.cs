namespace Socks64Actors.EndToEnd.Tests.Lab;

/// <summary>A test that needs programs and no root; skipped with its reason where one is missing.</summary>
public sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(params string[] tools)
    {
        Skip = Tools.WhyNot(tools);
    }
}

/// <summary>A theory that needs programs; skips as <see cref="ToolFactAttribute"/> does.</summary>
public sealed class ToolTheoryAttribute : TheoryAttribute
{
    public ToolTheoryAttribute(params string[] tools)
    {
        Skip = Tools.WhyNot(tools);
    }
}
