namespace Gateway.Node.Tests;

/// <summary>A settings file on disk for as long as a test needs it.</summary>
internal sealed class SettingsFile : IDisposable
{
    public SettingsFile(string text) => File.WriteAllText(Name, text);

    public string Name { get; } = Path.Join(Path.GetTempPath(), $"socks64-{Guid.NewGuid():N}.conf");

    public void Dispose() => File.Delete(Name);
}
