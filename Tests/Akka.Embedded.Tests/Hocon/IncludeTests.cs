using Hocon;
using Hocon.Reading;

namespace Akka.Embedded.Tests.Hocon;

public sealed class IncludeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hocon").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_included_file_overrides_what_stands_before_it_and_yields_to_what_follows()
    {
        Write("inner.conf", "a = inner, b = inner, c = inner");

        Assert.Equal("{a:inner,b:outer,c:inner}", ReadMain("a = outer\ninclude \"inner.conf\"\nb = outer"));
    }

    [Fact]
    public void Includes_are_relative_to_the_including_file()
    {
        Write("sub/inner.conf", "include file(\"deeper/last.conf\")");
        Write("sub/deeper/last.conf", "a = 1");

        Assert.Equal("{a:1}", ReadMain("include \"sub/inner.conf\""));
    }

    [Fact]
    public void An_include_within_an_object_lands_there_and_its_substitutions_look_there_first()
    {
        Write("inner.conf", "x = ${y}, y = near, z = ${far}");

        Assert.Equal("{y:wrong,far:seen,o:{x:near,y:near,z:seen}}", ReadMain("y = wrong, far = seen\no { include \"inner.conf\" }"));
    }

    [Fact]
    public void An_included_value_can_be_changed_from_outside_before_it_is_substituted()
    {
        Write("inner.conf", "host = localhost, url = ${host}\":80\"");

        Assert.Equal("{host:example,url:\"example:80\"}", ReadMain("include \"inner.conf\"\nhost = example"));
    }

    [Fact]
    public void A_name_without_an_extension_finds_the_conf_file()
    {
        Write("inner.conf", "a = 1");

        Assert.Equal("{a:1}", ReadMain("include \"inner\""));
    }

    [Theory]
    [InlineData("include \"none.conf\"\na = 1", "{a:1}")]
    [InlineData("include file(\"none.conf\"), a = 1", "{a:1}")]
    public void A_missing_file_is_skipped(string text, string value) => Assert.Equal(value, ReadMain(text));

    [Theory]
    [InlineData("a = 1\n include required(\"none.conf\")", ":2:2: include \"none.conf\": there is no such text, and it is required")]
    [InlineData("include required(file(\"none.conf\"))", ":1:1: include file \"none.conf\": there is no such text, and it is required")]
    [InlineData("include classpath(\"x\")", ":1:1: include classpath \"x\": only files can be included")]
    [InlineData("include url(\"http://x\")", ":1:1: include url \"http://x\": only files can be included")]
    [InlineData("include \"main.conf\"", ":1:1: include \"main.conf\": the file includes itself")]
    [InlineData("include file(\"x\"", ":1:17: ')' is expected at the end of the include, not the end of the text")]
    [InlineData("include x", ":1:9: include is followed by a quoted name, file(\"…\") or required(…), not by 'x'")]
    public void A_wrong_include_is_reported_with_file_and_place(string text, string problem)
    {
        var failure = Assert.Throws<HoconParserException>(() => ReadMain(text));

        Assert.Equal(Path.Combine(_folder, "main.conf") + problem, failure.Message);
    }

    [Fact]
    public void A_problem_within_an_included_file_names_that_file()
    {
        Write("inner.conf", "\n  b = ]");

        var failure = Assert.Throws<HoconParserException>(() => ReadMain("include \"inner.conf\""));

        Assert.StartsWith(Path.Combine(_folder, "inner.conf") + ":2:7: ", failure.Message);
        Assert.Equal((2, 7), (failure.LineNumber, failure.LinePosition));
    }

    [Fact]
    public void A_callback_that_includes_endlessly_is_an_error() =>
        Assert.Contains("more than 50 deep", Assert.Throws<HoconParserException>(() => HoconParser.Parse("include \"x\"", (_, _) => Task.FromResult("include \"x\""))).Message);

    private string ReadMain(string text)
    {
        Write("main.conf", text);
        return Read.Show(HoconText.ReadFile(Path.Combine(_folder, "main.conf")));
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
