namespace Akka.Embedded.Tests.Hocon;

public class SyntaxTests
{
    [Theory]
    [InlineData("", "{}")]
    [InlineData("# nothing\n// at all", "{}")]
    [InlineData("{}", "{}")]
    [InlineData("{ \"a\" : 1, \"b\" : [true, null, 1.5e3, \"x\\u0041\\n\"] }", "{a:1,b:[true,null,1.5e3,\"xA\\n\"]}")]
    [InlineData("a = 1\nb : 2\nc { d = 3 }", "{a:1,b:2,c:{d:3}}")]
    [InlineData("a=1,b=2,", "{a:1,b:2}")]
    [InlineData("a = 1 # one\nb = 2 // two", "{a:1,b:2}")]
    [InlineData("a =\n 1\nb :\n\n { c\n = 2 }", "{a:1,b:{c:2}}")]
    [InlineData("a = [1, 2\n3\n, 4,\n]", "{a:[1,2,3,4]}")]
    [InlineData("a.b.c = 1, a.b.d = 2", "{a:{b:{c:1,d:2}}}")]
    [InlineData("\"a.b\".c = 1", "{\"a.b\":{c:1}}")]
    [InlineData("a b . \" c\"d = 1", "{\"a b \":{\" cd\":1}}")]
    [InlineData("10.0foo = 1", "{10:{0foo:1}}")]
    [InlineData("true = 1, null = 2, includes = 3", "{true:1,null:2,includes:3}")]
    [InlineData("a = b c  d", "{a:b c  d}")]
    [InlineData("a = 10.0.0.1/8", "{a:10.0.0.1/8}")]
    [InlineData("a = http // comment", "{a:http}")]
    [InlineData("a = \"x\" y \"z\"", "{a:\"x y z\"}")]
    [InlineData("a = \"\"\"x\n\"y\" \\n\"\"\"\"", "{a:\"x\\n\\\"y\\\" \\\\n\\\"\"}")]
    [InlineData("a = \"\"", "{a:\"\"}")]
    [InlineData("a = {b=1} {c=2}", "{a:{b:1,c:2}}")]
    [InlineData("a = [1] [2, 3]", "{a:[1,2,3]}")]
    [InlineData("a { b = 1 }\na { c = 2 }", "{a:{b:1,c:2}}")]
    [InlineData("a { b = 1 }\na = null\na { c = 2 }", "{a:{c:2}}")]
    [InlineData("a = { b = 1 }, a = 2", "{a:2}")]
    [InlineData("a = 1\r\nb = 2\r\n", "{a:1,b:2}")]
    [InlineData("\uFEFFa = 1", "{a:1}")]
    [InlineData("a += 1\na += 2", "{a:[1,2]}")]
    [InlineData("a = [1]\na += 2\na += [3]", "{a:[1,2,[3]]}")]
    [InlineData("a = { 0 = x, 1 = y } [z]", "{a:[x,y,z]}")]
    public void Text_means(string text, string value) => Assert.Equal(value, Read.Compact(text));

    [Theory]
    [InlineData("a = 1\nb = \n", 3, 1, "a value is expected for b, not the end of the text")]
    [InlineData("a = 1\n  b = }", 2, 7, "a value is expected for b, not '}'")]
    [InlineData("a = 1,, b = 2", 1, 7, "a key is expected, not ','")]
    [InlineData("a = [1,,2]", 1, 8, "a list element is expected, not ','")]
    [InlineData("a = [,]", 1, 6, "a list element is expected, not ','")]
    [InlineData("a {\n b = 1", 2, 7, "the '{' of line 1, column 3 is not closed")]
    [InlineData("a = [1\n", 2, 1, "the '[' of line 1, column 5 is not closed")]
    [InlineData("a = 1 }", 1, 7, "'}' closes nothing that is open here")]
    [InlineData("{ a = 1 } b", 1, 11, "'b' after the end of the configuration")]
    [InlineData("key\nb = 1", 1, 4, "'=', ':', '+=' or '{' is expected after the key key")]
    [InlineData("a = x@y", 1, 6, "'@' cannot stand in an unquoted text; put the text in double quotes")]
    [InlineData("a = akka.tcp://x", 1, 13, "':' is not expected here; is a line end or a comma missing before it, or quotes around the text?")]
    [InlineData("a = \"x\ny\"", 1, 5, "a quoted text is not closed on its line")]
    [InlineData("a = \"\"\"x", 1, 5, "a \"\"\" text is not closed")]
    [InlineData("a = \"\\q\"", 1, 6, "'\\q' is no escape; a backslash is written \\\\")]
    [InlineData("a = \"\\u12\"", 1, 6, "\\u is followed by four hexadecimal digits")]
    [InlineData("a..b = 1", 1, 1, "a path has an empty key; write it as \"\"")]
    [InlineData("a = ${b", 1, 8, "'}' is expected at the end of the substitution, not the end of the text")]
    [InlineData("a = $b", 1, 5, "'$' cannot stand in an unquoted text; put the text in double quotes")]
    [InlineData("a = [1] x", 1, 9, "a text cannot be joined to a list")]
    [InlineData("a = {} [1]", 1, 8, "a list cannot be joined to an object")]
    public void Wrong_text_is_reported_with_its_place(string text, int line, int column, string problem)
    {
        var failure = Read.Failure(text);

        Assert.Equal((line, column), (failure.LineNumber, failure.LinePosition));
        Assert.Equal($"line {line}, column {column}: {problem}", failure.Message);
    }

    [Theory]
    [InlineData("a = ", "[", "]")]
    [InlineData("", "a {", "}")]
    [InlineData("a = ", "{ b = [", "] }")]
    public void Too_deep_nesting_is_an_error_and_no_crash(string start, string open, string close)
    {
        var failure = Read.Failure(start + string.Concat(Enumerable.Repeat(open, 100_000)) + string.Concat(Enumerable.Repeat(close, 100_000)));

        Assert.Contains("too deep", failure.Message);
    }

    [Fact]
    public void A_path_of_a_hundred_thousand_keys_is_an_error_and_no_crash() =>
        Assert.Contains("deep", Read.Failure(string.Join('.', Enumerable.Repeat("a", 100_000)) + " = 1").Message);
}
