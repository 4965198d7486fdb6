using System.Collections;
using System.Reflection;
using Gateway.Actors.Settings;
using Gateway.Actors.Settings.Reading;
using Hocon;

namespace Gateway.Actors.Tests.Settings;

/// <summary>The files in hocon/ against the code, in both directions.</summary>
public class ReferenceTests
{
    private static readonly string Folder = FindFolder();

    public ReferenceTests()
    {
        foreach (var name in new[] { "LAB_PASSWORD", "SOCKS64_SECRET", "SOCKS64_ADMIN_TOKEN" })
            Environment.SetEnvironmentVariable(name, "s3cret");
        foreach (var name in new[] { "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_RESOURCE_ATTRIBUTES" })
            Environment.SetEnvironmentVariable(name, "name=s3cret");
    }

    public static TheoryData<string> AllFiles => [.. Directory.GetFiles(Folder, "*.conf").Select(file => Path.GetFileName(file)).Where(file => file != "lab.conf")];

    [Theory]
    [MemberData(nameof(AllFiles))]
    public void Every_file_loads_without_a_problem(string file) => Assert.Empty(Problems(SettingsLoader.Load([Path.Join(Folder, file)])));

    [Fact]
    public void The_lab_loads_with_what_its_script_adds_for_a_node()
    {
        const string own =
            """
            socks64 { node { name = e1, roles = [entry] }, cluster.secret = "s3cret" }
            akka { remote.dot-netty.tcp { hostname = "10.64.6.1", port = 4053 }, cluster.seed-nodes = ["akka.tcp://socks64@10.64.6.1:4053"] }
            """;
        var loaded = SettingsLoader.Load([Path.Join(Folder, "lab.conf"), "e1.conf"], file => file == "e1.conf" ? own : File.ReadAllText(file));
        Assert.Empty(Problems(loaded));
        Assert.Equal("e1", loaded.Settings.Node.Name);
    }

    [Theory]
    [MemberData(nameof(AllFiles))]
    public void A_sample_is_read_at_one_glance(string file) =>
        Assert.True(file == "reference.conf" || File.ReadAllLines(Path.Join(Folder, file)).Length < 30);

    [Fact]
    public void The_reference_says_what_the_code_does_by_default()
    {
        var reference = Files.Read(File.ReadAllText(Path.Join(Folder, "reference.conf")));
        var silent = Files.Read("");
        Assert.Equal(Describe(silent), Describe(reference));
    }

    [Fact]
    public void The_reference_has_every_key_that_the_code_reads_and_no_other()
    {
        var text = WithExamples(File.ReadAllText(Path.Join(Folder, "reference.conf")));
        var code = Files.Load(text).Keys.Where(key => key.StartsWith("socks64.", StringComparison.Ordinal));
        var file = KeysOf(HoconConfigurationFactory.ParseString(text).Root, "").Where(key => key.StartsWith("socks64.", StringComparison.Ordinal));
        Assert.Equal(code.Order(StringComparer.Ordinal), file.Where(key => !key.EndsWith(".*", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_examples_of_the_reference_are_right()
    {
        var loaded = Files.Load(WithExamples(File.ReadAllText(Path.Join(Folder, "reference.conf"))));
        Assert.Empty(loaded.Problems);
        Assert.Equal("alice", Assert.Single(loaded.Settings.Users).Key);
        Assert.Equal(2, Assert.Single(loaded.Settings.Chains).Value.Hops.Count);
        Assert.Equal(3, loaded.Settings.Listeners.Count);
    }

    /// <summary>The files are for the embedded engine; with the packages a cluster off loopback needs certificates of the user's own.</summary>
    private static IEnumerable<SettingsProblem> Problems(LoadedSettings loaded) =>
        loaded.Problems.Where(problem => AkkaEngine.HasSharedSecret || !problem.Message.Contains("only TLS protects it", StringComparison.Ordinal));

    /// <summary>The keys of the file with those that have no default.</summary>
    private static string WithExamples(string text) => text.Replace("#=", "");

    /// <summary>The keys of the parsed file, written as <see cref="LoadedSettings.Keys"/> writes them.</summary>
    private static IEnumerable<string> KeysOf(HoconValue value, string path) => value.Type switch
    {
        HoconType.Object => value.GetObject().Values.SelectMany(field => KeysOf(field.Value, NameOf(path, field.Key)).Prepend(NameOf(path, field.Key))),
        HoconType.Array => value.GetArray().SelectMany(item => KeysOf(item, path + "[]")),
        _ => [],
    };

    /// <summary>Below some objects the user's names stand.</summary>
    private static string NameOf(string path, string key) =>
        path is "" ? key : path is "socks64.users" or "socks64.gateways" or "socks64.chains" ? $"{path}.*" : $"{path}.{key}";

    /// <summary>A value and all it holds, as text.</summary>
    private static string Describe(object? value, string indent = "") => value switch
    {
        null => "null",
        string or ValueType => value.ToString()!,
        Secret secret => secret.Reveal(),
        IEnumerable items => string.Concat(items.Cast<object>().Select(item => $"\n{indent}- {Describe(item, indent + "  ")}")),
        _ when value.GetType().GetMethod("<Clone>$") is null => value.ToString()!,
        _ => string.Concat(value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.Name != nameof(ListenerSettings.MayBeAbsent))
            .Select(property => $"\n{indent}{property.Name}: {Describe(property.GetValue(value), indent + "  ")}")),
    };

    private static string FindFolder()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Join(folder, "Socks64Actors.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("hocon/ of the repository");
        return Path.Join(folder, "hocon");
    }
}
