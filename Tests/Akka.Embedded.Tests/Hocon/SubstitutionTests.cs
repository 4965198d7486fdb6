namespace Akka.Embedded.Tests.Hocon;

public class SubstitutionTests
{
    [Theory]
    [InlineData("a = 1, b = ${a}", "{a:1,b:1}")]
    [InlineData("b = ${a}, a = 1", "{b:1,a:1}")]
    [InlineData("b = ${a.c}, a { c = [1] }", "{b:[1],a:{c:[1]}}")]
    [InlineData("b = ${\"a.c\".d}, \"a.c\" { d = 1 }", "{b:1,\"a.c\":{d:1}}")]
    [InlineData("b = ${?a}", "{}")]
    [InlineData("b = 1, b = ${?a}", "{b:1}")]
    [InlineData("b = [1, ${?a}, 2]", "{b:[1,2]}")]
    [InlineData("b = x${?a}y", "{b:xy}")]
    [InlineData("b = ${?a}${?c}", "{}")]
    [InlineData("a = 1, b = x ${a} y", "{a:1,b:x 1 y}")]
    [InlineData("a = [1], b = ${a} [2] ${a}", "{a:[1],b:[1,2,1]}")]
    [InlineData("base { x = 1, y = 2 }, b = ${base} { y = 3 }", "{base:{x:1,y:2},b:{x:1,y:3}}")]
    [InlineData("base { x = 1, y = 2 }, b = { y = 3 } ${base}", "{base:{x:1,y:2},b:{y:2,x:1}}")]
    [InlineData("a = null, b = ${a}", "{a:null,b:null}")]
    [InlineData("a = ${missing}, a = 1", "{a:1}")]
    [InlineData("base { x = 1 }, b = ${base}, b { y = 2 }", "{base:{x:1},b:{x:1,y:2}}")]
    [InlineData("base { x = 1 }, b = ${base}, base { x = 3 }", "{base:{x:3},b:{x:3}}")]
    public void A_substitution_means_what_it_names(string text, string value) => Assert.Equal(value, Read.Compact(text));

    [Theory]
    [InlineData("path = a, path = ${path}\":b\"", "{path:\"a:b\"}")]
    [InlineData("h = [1], h = ${h}[2], h = ${h} [3]", "{h:[1,2,3]}")]
    [InlineData("h = ${?h}[2]", "{h:[2]}")]
    [InlineData("h = ${?h}", "{}")]
    [InlineData("h { x = 1 }, h = ${h} { y = 2 }", "{h:{x:1,y:2}}")]
    [InlineData("o { p = a, p = ${o.p}b }", "{o:{p:ab}}")]
    [InlineData("bar { foo = 42, baz = ${bar.foo} }", "{bar:{foo:42,baz:42}}")]
    [InlineData("bar { foo = 42, baz = ${bar.foo} }, bar { foo = 43 }", "{bar:{foo:43,baz:43}}")]
    [InlineData("foo { a { c = 1 } }, foo = ${foo.a}, foo { a = 2 }", "{foo:{a:2,c:1}}")]
    [InlineData("bar { a = ${foo.d}, b = 1 }, bar.b = 3, foo { c = ${bar.b}, d = 2 }, foo.d = 4", "{bar:{a:4,b:3},foo:{c:3,d:4}}")]
    [InlineData("a = [1], a = [${a}, 2]", "{a:[[1],2]}")]
    [InlineData("a { c = 1 }, a { b = ${a} }", "{a:{c:1,b:{c:1}}}")]
    [InlineData("a = [1], a += ${a}", "{a:[1,[1]]}")]
    [InlineData("base { x = 1 }, a = ${base} { x = ${a.x}2 }", "{base:{x:1},a:{x:12}}")]
    public void A_self_reference_means_what_the_field_was_before(string text, string value) => Assert.Equal(value, Read.Compact(text));

    [Fact]
    public void The_environment_answers_what_the_configuration_does_not_define()
    {
        Assert.Equal("{a:\"out\"}", Read.Compact("a = ${ENV}", "out"));
        Assert.Equal("{a:\"out\"}", Read.Compact("a = 1, a = ${?ENV}", "out"));
        Assert.Equal("{a:1}", Read.Compact("a = 1, a = ${?ENV}"));
        Assert.Equal("{ENV:in,a:in}", Read.Compact("ENV = in, a = ${ENV}", "out"));
        Assert.Equal("{ENV:\"out:x\"}", Read.Compact("ENV = ${?ENV}\":x\"", "out"));
    }

    [Theory]
    [InlineData("x = 1\n a = ${missing}", 2, 6, "${missing} is not defined, neither in the configuration nor in the environment")]
    [InlineData("a = ${a}", 1, 5, "${a} is not defined before this place, nor in the environment")]
    [InlineData("a = ${b}\nb = ${a}", 2, 5, "${a} refers to itself")]
    [InlineData("a { b = ${a} }", 1, 9, "${a} refers to itself")]
    [InlineData("a = [${a}]", 1, 6, "${a} refers to itself")]
    [InlineData("a = x${b}, b = y${c}, c = z${a}", 1, 28, "${a} refers to itself")]
    public void What_cannot_be_resolved_is_reported_with_its_place(string text, int line, int column, string problem)
    {
        var failure = Read.Failure(text);

        Assert.Equal($"line {line}, column {column}: {problem}", failure.Message);
        Assert.Equal((line, column), (failure.LineNumber, failure.LinePosition));
    }

    [Fact]
    public void A_list_may_be_appended_to_ten_thousand_times()
    {
        var text = string.Join('\n', Enumerable.Range(0, 10_000).Select(i => $"a += {i}"));

        Assert.Equal("{a:[" + string.Join(',', Enumerable.Range(0, 10_000)) + "]}", Read.Compact(text));
    }

    [Fact]
    public void Ten_thousand_dotted_keys_make_one_object()
    {
        var text = string.Join('\n', Enumerable.Range(0, 10_000).Select(i => $"a.k{i} = {i}"));

        Assert.StartsWith("{a:{k0:0,k1:1,", Read.Compact(text));
    }

    [Fact]
    public void A_chain_of_a_hundred_thousand_substitutions_is_an_error_and_no_crash()
    {
        var text = string.Join('\n', Enumerable.Range(0, 100_000).Select(i => $"k{i} = ${{k{i + 1}}}"));

        Assert.Contains("more than 500 deep", Read.Failure(text + "\nk100000 = 1").Message);
    }

    [Fact]
    public void Texts_that_double_endlessly_are_an_error() =>
        Assert.Contains("grows beyond", Read.Failure("k0 = xxxx\n" + string.Join('\n', Enumerable.Range(1, 60).Select(i => $"k{i} = ${{k{i - 1}}}${{k{i - 1}}}"))).Message);
}
