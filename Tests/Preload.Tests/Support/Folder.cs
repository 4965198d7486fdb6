namespace Preload.Tests.Support;

/// <summary>A folder that goes with the test. Every user may look into it, because some servers run as another one.</summary>
internal sealed class Folder : IDisposable
{
    public Folder() => Execution.Run("chmod", ["755", Path], []);

    public string Path { get; } = Directory.CreateTempSubdirectory().FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
