namespace Akka.Cluster.SBR;

public sealed class StaticQuorumSettings
{
    public StaticQuorumSettings(int size, string role)
    {
        Size = size;
        Role = role;
    }

    /// <summary>Only members with this role count; null: all.</summary>
    public string Role { get; }

    public int Size { get; }
}
