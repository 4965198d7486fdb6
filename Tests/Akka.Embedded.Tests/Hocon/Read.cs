using Hocon;
using Hocon.Reading;

namespace Akka.Embedded.Tests.Hocon;

/// <summary>Reads a text and shows the result compactly: <c>{a:1,b:["x",null]}</c>; quoted text stays quoted.</summary>
internal static class Read
{
    public static string Compact(string text, string? environment = null) =>
        Show(Resolver.Resolve(Parser.Parse(text, FileIncludes.OfText(), []), name => name == "ENV" ? environment : null));

    public static HoconParserException Failure(string text) => Assert.Throws<HoconParserException>(() => Compact(text));

    public static string Show(Value value) => value switch
    {
        ObjectValue fields =>
            "{" + string.Join(",", fields.Fields.Select(field => $"{PathText.RenderKey(field.Key)}:{Show(field.Value)}")) + "}",
        ListValue list => "[" + string.Join(",", list.Items.Select(Show)) + "]",
        ScalarValue { Kind: ScalarKind.Null or ScalarKind.Unquoted } scalar => scalar.Text,
        ScalarValue scalar => Printer.Quote(scalar.Text),
        _ => throw new InvalidOperationException(),
    };
}
