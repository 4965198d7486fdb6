namespace Akka.Cluster.SBR;

public sealed class KeepOldestSettings
{
    public KeepOldestSettings(bool downIfAlone, string role)
    {
        DownIfAlone = downIfAlone;
        Role = role;
    }

    /// <summary>Whether an oldest member that is alone on its side goes.</summary>
    public bool DownIfAlone { get; }

    /// <summary>Only members with this role count; null: all.</summary>
    public string Role { get; }
}
