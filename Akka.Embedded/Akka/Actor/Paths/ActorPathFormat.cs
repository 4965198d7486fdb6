using System.Text;

namespace Akka.Actor;

/// <summary>How a path is written.</summary>
internal static class ActorPathFormat
{
    public static string Format(ActorPath path, Address? address, bool withUid)
    {
        var text = new StringBuilder(address?.ToString());
        if (path.Depth == 0)
            return text.Append('/').Append(path.Name.AsSpan().TrimStart('/')).ToString();
        foreach (var element in path.Elements)
            text.Append('/').Append(element);
        if (withUid && path.Uid != ActorCell.UndefinedUid)
            text.Append('#').Append(path.Uid);
        return text.ToString();
    }

    public static bool HasValidCharacters(ReadOnlySpan<char> name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsAsciiLetterOrDigit(name[i]) || ActorPath.ValidSymbols.Contains(name[i]))
                continue;
            if (name[i] != '%' || i + 2 >= name.Length || !char.IsAsciiHexDigit(name[i + 1]) || !char.IsAsciiHexDigit(name[i + 2]))
                return false;
            i += 2;
        }

        return true;
    }
}
