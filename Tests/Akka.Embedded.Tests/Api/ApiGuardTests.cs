using System.Reflection;

namespace Akka.Embedded.Tests.Api;

public class ApiGuardTests
{
    private static readonly string Folder = FindFolder();

    private static readonly Dictionary<string, ApiType> Everywhere = Directory.GetFiles(Folder, "*.txt").SelectMany(ApiFile.Read).ToDictionary();

    public static TheoryData<string, string> Assemblies => new()
    {
        { "Akka", "Core" },
        { "Akka.Cluster", "Cluster" },
        { "Akka.Remote", "Remote" },
        { "Akka.Streams", "Streams" },
        { "Akka.TestKit", "TestKit" },
        { "Akka.TestKit.Xunit2", "TestKitXunit2" },
        { "Hocon", "Hocon" },
        { "Hocon.Configuration", "Hocon.Configuration" },
    };

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void The_embedded_engine_shows_nothing_that_the_real_one_has_not(string assembly, string list)
    {
        var differences = new ApiGuard(Everywhere)
            .Differences(ReflectedApi.Types(Assembly.Load(assembly)), ApiFile.Read(Path.Combine(Folder, list + ".txt")))
            .ToList();

        Assert.True(differences.Count == 0, $"{assembly} differs from api/{list}.txt in {differences.Count} places:\n  " + string.Join("\n  ", differences));
    }

    [Fact]
    public void The_lists_are_read_whole()
    {
        var core = ApiFile.Read(Path.Combine(Folder, "Core.txt"));

        Assert.Equal("enum", core["Akka.Event.LogLevel"].Kind);
        Assert.Contains("ErrorLevel = 3", core["Akka.Event.LogLevel"].Members.Select(member => member.Signature));
        Assert.Equal("bool Invoke(object message)", Assert.Single(core["Akka.Actor.Receive"].Members).Signature);
        Assert.Equal("static", core["Akka.Actor.ActorRefs"].Modifiers);
        Assert.Contains("Akka.Actor.FSM.TransformHelper`2", core.Keys);
        Assert.Equal(File.ReadLines(Path.Combine(Folder, "Core.txt")).Count(line => line.TrimStart().StartsWith("public enum ", StringComparison.Ordinal)), core.Values.Count(type => type.Kind == "enum"));
    }

    [Theory]
    [InlineData("public class Sample", "is a struct, the real one a class", typeof(Structure))]
    [InlineData("public sealed class Open", "is open, the real one sealed", typeof(Open))]
    [InlineData("public class Disposable", "derives from System.IDisposable, the real one from nothing", typeof(Disposable))]
    public void A_looser_type_is_found(string header, string difference, Type type) =>
        Assert.Contains(Differences(type, $"{header} {{ }}"), found => found.EndsWith(difference, StringComparison.Ordinal));

    [Theory]
    [InlineData("public int Other(string a = \"x\", long b = 2) { }", "public int Method(string a = \"x\", long b = 2): the real one has no Method")]
    [InlineData("public int Method(string a = \"y\", long b = 2) { }", "another signature")]
    [InlineData("public int Method(string a = \"x\", long c = 2) { }", "another signature")]
    [InlineData("public int Method(string a = \"x\", int b = 2) { }", "another signature")]
    [InlineData("protected int Method(string a = \"x\", long b = 2) { }", "is protected")]
    [InlineData("public static int Method(string a = \"x\", long b = 2) { }", "is static")]
    public void A_method_that_differs_is_found(string declaration, string problem) =>
        Assert.Contains(problem, Assert.Single(Differences(typeof(OneMethod), $"public class OneMethod\n{{\npublic OneMethod() {{ }}\n{declaration}\n}}")));

    [Theory]
    [InlineData("public int Method(string a = \"x\", long b = 2) { }")]
    [InlineData("public virtual System.Int32 Method(System.String a = \"x\", System.Int64 b = 2) { }")]
    [InlineData("[System.ObsoleteAttribute(\"a [b] c\")]\npublic int Method([System.Runtime.CompilerServices.NullableAttribute(new byte[] {\n0,\n1})] string a = \"x\", long b = 2) { }")]
    public void The_same_method_in_any_spelling_is_no_difference(string declaration) =>
        Assert.Empty(Differences(typeof(OneMethod), $"public class OneMethod\n{{\npublic OneMethod() {{ }}\n{declaration}\n}}"));

    [Theory]
    [InlineData("One = 1,\nTwo = 2,", null)]
    [InlineData("One = 0,\nTwo = 2,", "One = 1")]
    [InlineData("One = 1,", "the real one has no Two")]
    public void A_value_of_an_enum_that_differs_is_found(string values, string? problem)
    {
        var differences = Differences(typeof(Choice), $"public enum Choice\n{{\n{values}\n}}").ToList();

        if (problem is null) Assert.Empty(differences);
        else Assert.Contains(problem, Assert.Single(differences));
    }

    [Theory]
    [InlineData("public int Value { get; }", "has only get")]
    [InlineData("public virtual int Value { get; set; }", null)]
    [InlineData("public long Value { get; set; }", "another signature")]
    public void A_property_that_differs_is_found(string declaration, string? problem)
    {
        var differences = Differences(typeof(OneProperty), $"public class OneProperty\n{{\npublic OneProperty() {{ }}\n{declaration}\n}}").ToList();

        if (problem is null) Assert.Empty(differences);
        else Assert.Contains(problem, Assert.Single(differences));
    }

    private static IEnumerable<string> Differences(Type type, string declaration)
    {
        var embedded = ReflectedApi.Of(type);
        var lines = $"namespace {embedded.Name[..embedded.Name.LastIndexOf('.')]}\n{{\n{declaration.Replace("Sample", type.Name)}\n}}".Split('\n');
        var real = ApiFile.Parse(lines);
        return new ApiGuard(real).Differences([embedded], real);
    }

    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var api = Path.Combine(folder.FullName, "Akka.Embedded", "api");
            if (Directory.Exists(api)) return api;
        }
        throw new DirectoryNotFoundException("Akka.Embedded/api is not above the test's folder");
    }

    public enum Choice
    {
        One = 1,
        Two = 2,
    }

    public struct Structure;

    public class Open;

    public sealed class Disposable : IDisposable
    {
        public void Dispose()
        {
        }
    }

    public class OneMethod
    {
        public int Method(string a = "x", long b = 2) => a.Length + (int)b;
    }

    public class OneProperty
    {
        public int Value { get; set; }
    }
}
