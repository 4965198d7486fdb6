using System.Globalization;
using System.Text.Json;
using Gateway.Node.Status;
using Gateway.Node.Status.Json;

namespace Gateway.Node.Operator;

/// <summary>The sessions of one gateway or of all, page after page.</summary>
internal static class SessionPages
{
    /// <summary>
    /// Each answer of the API as it came, and what stands in it. Each gateway pages for itself: the first question is for all of them, the
    /// following ones for those that have more.
    /// </summary>
    /// <param name="path">Of the first question, without <c>after</c>.</param>
    /// <param name="node">Whom it is for.</param>
    /// <param name="most">Sessions of each gateway after which no further page is asked for.</param>
    public static async IAsyncEnumerable<(JsonDocument Raw, NodesJson<SessionsJson> Page)> ReadAsync(
        AdminClient client, Func<string?, long?, string> path, string? node, int most,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var (raw, page) = await AskAsync(node, null);
        yield return (raw, page);
        foreach (var first in page.Nodes)
        {
            var seen = first.Sessions.Count;
            for (var next = first.Next; next is not null && seen < most;)
            {
                // Without a name the asked gateway answers, whose name may be borne by others too.
                (raw, var more) = await AskAsync(node is null ? null : first.Node, next);
                yield return (raw, more);
                seen += more.Nodes.Sum(answer => answer.Sessions.Count);
                next = more.Nodes is [{ Next: var following }] ? following : null;
            }
        }

        async Task<(JsonDocument, NodesJson<SessionsJson>)> AskAsync(string? whom, long? after)
        {
            var octets = await client.GetAsync(path(whom, after), cancellation);
            return (JsonDocument.Parse(octets), client.Read(octets, StatusJson.Default.NodesJsonSessionsJson));
        }
    }

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
