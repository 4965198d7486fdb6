namespace Gateway.Actors.Members;

/// <summary>Stands for a message that this version cannot read. Whoever gets it ignores it.</summary>
internal sealed class Unreadable
{
    public static Unreadable Instance { get; } = new();
}
