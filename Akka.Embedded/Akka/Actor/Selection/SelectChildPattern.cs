namespace Akka.Actor;

/// <summary>Names with <c>*</c> for any characters and <c>?</c> for one.</summary>
public class SelectChildPattern(string patternStr) : SelectionPathElement
{
    public string PatternStr { get; } = patternStr;

    internal bool Matches(string name) => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(PatternStr, name, ignoreCase: false);

    protected bool Equals(SelectChildPattern other) => PatternStr == other.PatternStr;
    public override bool Equals(object? obj) => obj is SelectChildPattern other && Equals(other);
    public override int GetHashCode() => PatternStr.GetHashCode();
    public override string ToString() => PatternStr;
}
