namespace Hocon.Reading;

/// <summary>
/// Includes from the file system, relative to the including file (to the working directory if the text is not from a file).
/// </summary>
internal sealed class FileIncludes : Includes
{
    private static readonly string[] Extensions = [".conf", ".json"];

    private readonly string _folder;
    private readonly FileIncludes? _outer;
    private readonly string? _file;

    private FileIncludes(string? file, FileIncludes? outer) : base(file, outer is null ? 0 : outer.Depth + 1)
    {
        _file = file is null ? null : Path.GetFullPath(file);
        _folder = Path.GetDirectoryName(_file) ?? Environment.CurrentDirectory;
        _outer = outer;
    }

    public static FileIncludes OfText() => new(null, null);

    public static FileIncludes OfFile(string path) => new(path, null);

    public static FileIncludes OfResource(string name) => new(name, null);

    protected override Included? Open(Include include)
    {
        if (include.Kind is IncludeKind.Url or IncludeKind.Classpath || include.Name.Contains("://", StringComparison.Ordinal))
            throw include.Origin.Error($"{include}: only files can be included");
        var path = Path.Combine(_folder, include.Name);
        if (!File.Exists(path)) path = Extensions.Select(extension => path + extension).FirstOrDefault(File.Exists);
        if (path is null) return null;
        if (IsBeingRead(Path.GetFullPath(path))) throw include.Origin.Error($"{include}: the file includes itself");
        try
        {
            return new Included(File.ReadAllText(path), new FileIncludes(path, this));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw include.Origin.Error($"{include}: {cause.Message}", cause);
        }
    }

    private bool IsBeingRead(string path)
    {
        for (var text = this; text is not null; text = text._outer)
        {
            if (text._file == path) return true;
        }
        return false;
    }
}
