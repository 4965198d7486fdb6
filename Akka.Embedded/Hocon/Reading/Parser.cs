using System.Runtime.CompilerServices;

namespace Hocon.Reading;

/// <summary>
/// Text to nodes: <see href="https://github.com/lightbend/config/blob/main/HOCON.md"/>, "Syntax". Nothing is resolved here.
/// </summary>
internal sealed class Parser
{
    /// <summary>Braces and brackets within each other; what follows walks the tree by recursion.</summary>
    public const int MaxDepth = 200;

    private readonly Cursor _cursor;
    private readonly Includes _includes;
    private readonly IReadOnlyList<string> _prefix;
    private List<string>? _at = [];
    private int _depth;

    private Parser(Cursor cursor, Includes includes, IReadOnlyList<string> prefix)
    {
        _cursor = cursor;
        _includes = includes;
        _prefix = prefix;
    }

    /// <param name="text">The whole text.</param>
    /// <param name="includes">Finds what it includes, and knows the name of the text.</param>
    /// <param name="prefix">Where the text is included: the path of the object around it.</param>
    /// <exception cref="HoconParserException">Says what is wrong, and where.</exception>
    public static Node Parse(string text, Includes includes, IReadOnlyList<string> prefix)
    {
        var parser = new Parser(new Cursor(text, includes.Source), includes, prefix);
        return parser.ParseRoot();
    }

    private Node ParseRoot()
    {
        _cursor.SkipBlank();
        var start = _cursor.Here;
        if (_cursor.AtEnd || _cursor.Current is not ('{' or '['))
        {
            var root = new ObjectNode(start);
            ParseFields(root, braced: false);
            return root;
        }
        var value = _cursor.Current == '{' ? (Node)ParseObject() : ParseList();
        _cursor.SkipBlank();
        return _cursor.AtEnd ? value : throw _cursor.Here.Error($"{_cursor.Described} after the end of the configuration");
    }

    private ObjectNode ParseObject()
    {
        var node = new ObjectNode(_cursor.Here);
        Enter();
        _cursor.Advance();
        ParseFields(node, braced: true);
        _depth--;
        return node;
    }

    private void ParseFields(ObjectNode target, bool braced)
    {
        while (true)
        {
            _cursor.SkipBlank();
            if (_cursor.AtEnd) break;
            if (braced && _cursor.Current == '}')
            {
                _cursor.Advance();
                return;
            }
            if (AtInclude()) ParseInclude(target);
            else ParseField(target);
            EndElement('}', braced);
        }
        if (braced) throw _cursor.Here.Error($"the '{{' of {target.Origin} is not closed");
    }

    private void ParseField(ObjectNode target)
    {
        var path = PathText.ReadPath(_cursor);
        var end = _cursor.Here;
        _cursor.SkipBlank();
        var outer = _at;
        _at = outer is null ? null : [.. outer, .. path];
        if (_cursor.LooksAt("+=")) target.Put(path, ParseAppend(path));
        else if (_cursor.TryTake("=") || _cursor.TryTake(":") || _cursor.LooksAt("{")) target.Put(path, ParseElement(path));
        else throw end.Error($"'=', ':', '+=' or '{{' is expected after the key {PathText.Render(path)}");
        _at = outer;
    }

    /// <summary><c>a += b</c> is <c>a = ${?a} [b]</c>.</summary>
    private ConcatenationNode ParseAppend(IReadOnlyList<string> path)
    {
        var origin = _cursor.Here;
        _cursor.Advance("+=".Length);
        _at = null;
        return new ConcatenationNode(origin, [new PriorNode(origin, null), new ListNode(origin, [ParseElement(path)])]);
    }

    private Node ParseElement(IReadOnlyList<string> path)
    {
        _cursor.SkipBlank();
        return ParseValue() ?? throw _cursor.Here.Error($"a value is expected for {PathText.Render(path)}, not {_cursor.Described}");
    }

    private ListNode ParseList()
    {
        var start = _cursor.Here;
        var outer = _at;
        _at = null;
        Enter();
        _cursor.Advance();
        var items = new List<Node>();
        while (true)
        {
            _cursor.SkipBlank();
            if (_cursor.AtEnd) throw _cursor.Here.Error($"the '[' of {start} is not closed");
            if (_cursor.Current == ']') break;
            items.Add(ParseValue() ?? throw _cursor.Here.Error($"a list element is expected, not {_cursor.Described}"));
            EndElement(']', true);
        }
        _cursor.Advance();
        _depth--;
        _at = outer;
        return new ListNode(start, items);
    }

    /// <summary>Fields and list elements are ended by one comma, by a line end, or by the bracket.</summary>
    private void EndElement(char close, bool braced)
    {
        var newLine = _cursor.SkipBlank();
        if (_cursor.AtEnd || (braced && _cursor.Current == close)) return;
        if (_cursor.TryTake(",")) return;
        if (!newLine) throw _cursor.Here.Error(Unexpected());
    }

    private string Unexpected() => _cursor.Current switch
    {
        '}' or ']' => $"{_cursor.Described} closes nothing that is open here",
        ':' or '=' or '{' or '[' => $"{_cursor.Described} is not expected here; is a line end or a comma missing before it, or quotes around the text?",
        _ => $"{_cursor.Described} cannot stand in an unquoted text; put the text in double quotes",
    };

    /// <summary>One value, or several side by side; null if none begins here.</summary>
    private Node? ParseValue()
    {
        var start = _cursor.Here;
        var parts = new List<Node>();
        while (true)
        {
            var place = _cursor.Here;
            var spaces = _cursor.TakeSpaces();
            if (_cursor.AtEnd || _cursor.AtComment) break;
            var part = ParsePart();
            if (part is null) break;
            if (spaces.Length > 0 && parts.Count > 0) parts.Add(Scalar(place, spaces, ScalarKind.Whitespace));
            parts.Add(part);
        }
        return parts.Count switch { 0 => null, 1 => parts[0], _ => new ConcatenationNode(start, parts) };
    }

    private Node? ParsePart()
    {
        var origin = _cursor.Here;
        switch (_cursor.Current)
        {
            case '{': return ParseObject();
            case '[': return ParseList();
            case '$': return ParseSubstitution();
            case '"':
                var quoted = _cursor.TakeQuoted(out var kind);
                return Scalar(origin, quoted, kind);
            default:
                var text = _cursor.TakeUnquoted();
                return text.Length == 0 ? null : Scalar(origin, text, text == "null" ? ScalarKind.Null : ScalarKind.Unquoted);
        }
    }

    private Node ParseSubstitution()
    {
        var origin = _cursor.Here;
        if (!_cursor.TryTake("${")) throw origin.Error("'$' cannot stand in an unquoted text; put the text in double quotes");
        var optional = _cursor.TryTake("?");
        var path = PathText.ReadPath(_cursor);
        if (!_cursor.TryTake("}")) throw _cursor.Here.Error($"'}}' is expected at the end of the substitution, not {_cursor.Described}");
        var node = new SubstitutionNode(origin, path, optional, _prefix);
        return _at is not null && path.SequenceEqual(_at) ? new PriorNode(origin, node) : node;
    }

    private bool AtInclude() => _cursor.LooksAt("include") && Include.StandsAt(_cursor);

    private void ParseInclude(ObjectNode target)
    {
        var include = Include.Read(_cursor);
        if (_includes.Find(include) is not { } found) return;
        IReadOnlyList<string> prefix = _at is null ? [] : [.. _prefix, .. _at];
        if (Parse(found.Text, found.Includes, prefix) is not ObjectNode fields)
            throw include.Origin.Error($"{include} is a list; only an object can be included");
        target.Include(fields);
    }

    private void Enter()
    {
        if (++_depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw _cursor.Here.Error($"braces and brackets stand too deep in each other (at most {MaxDepth})");
    }

    private static ScalarNode Scalar(Origin origin, string text, ScalarKind kind) => new(new ScalarValue(origin, text, kind));
}
