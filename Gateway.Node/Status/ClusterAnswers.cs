using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Akka.Actor;
using Gateway.Actors;
using Gateway.Actors.Members;
using Gateway.Actors.Reloading;
using Gateway.Node.Status.Json;

namespace Gateway.Node.Status;

/// <summary>
/// Puts an operator's question to the gateways that it is for: this one answers itself, the others over the cluster. One that does not
/// answer in time is told of, and holds up nobody.
/// </summary>
internal sealed class ClusterAnswers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Nothing has to be looked up for a sign of life, and whoever looks at the map should soon see that one fails to come.</summary>
    private static readonly TimeSpan PulsePatience = TimeSpan.FromSeconds(1);

    private readonly GatewayHost _gateway;
    private readonly Dictionary<string, Func<ReadOnlyMemory<byte>, Task<byte[]>>> _asked = [];

    /// <param name="gateway">This one.</param>
    /// <param name="reload">Reads its settings again.</param>
    public ClusterAnswers(GatewayHost gateway, Func<Task<ReloadOutcome>> reload)
    {
        (_gateway, Own) = (gateway, new NodeAnswers(gateway));
        var json = StatusJson.Default;
        Pulse = Question("pulse", json.NothingJson, json.PulseJson, _ => Task.FromResult(new PulseJson(Own.Name, null)), error => new(error.Node, error.Why), PulsePatience);
        Node = Question("node", json.NothingJson, json.NodeJson, _ => Own.NodeAsync(), error => new(error.Node, error.Why));
        Sessions = Question("sessions", json.SessionQuery, json.SessionsJson, Own.SessionsAsync, error => new(error.Node, error.Why, 0, null, []), shorter: (_, many) => many.Shorter());
        Flows = Question("flows", json.NothingJson, json.FlowsJson, _ => Own.FlowsAsync(), error => new(error.Node, error.Why, []));
        AddressIds = Question("address-ids", json.NothingJson, json.AddressIdsJson, _ => Task.FromResult(Own.AddressIds()), error => new(error.Node, error.Why, 0, []), shorter: (_, many) => many.Shorter());
        Chains = Question("chains", json.NothingJson, json.ChainsJson, _ => Task.FromResult(Own.Chains()), error => new(error.Node, error.Why, []));
        Routes = Question("routes", json.NothingJson, json.RoutesJson, _ => Task.FromResult(Own.Routes()), error => new(error.Node, error.Why, []));
        Events = Question("events", json.EventsQuery, json.EventsJson, Own.EventsAsync, error => new(error.Node, error.Why, []), shorter: (query, many) => many.Shorter(query));
        Explain = Question("explain", json.ExplainQuery, json.ExplainJson, query => Task.FromResult(Own.Explain(query)),
            error => new(error.Node, error.Why, "", false, null, null, error.Why, null, [], null));
        Close = Question("close", json.CloseQuery, json.ActionJson, Own.CloseAsync, error => new(error.Node, error.Why, null));
        Drain = Question("drain", json.NothingJson, json.ActionJson, _ => Own.DrainAsync(), error => new(error.Node, error.Why, null));
        Undrain = Question("undrain", json.NothingJson, json.ActionJson, _ => Own.UndrainAsync(), error => new(error.Node, error.Why, null));
        Eject = Question("eject", json.ServerQuery, json.EjectionJson, query => Task.FromResult(Own.Eject(query)), error => new(error.Node, error.Why, null, null));
        Restore = Question("restore", json.ServerQuery, json.EjectionJson, query => Task.FromResult(Own.Restore(query)), error => new(error.Node, error.Why, null, null));
        Reload = Question("reload", json.NothingJson, json.ReloadJson, async _ => ReloadJson.Of(Own.Name, await reload()), error => new(error.Node, error.Why, null, [], [], []));
    }

    /// <summary>Asks the gateways of that name; null for this one alone, <c>*</c> for all. Nobody bears the name: no answer.</summary>
    public delegate Task<NodesJson<TAnswer>> Asking<in TTerms, TAnswer>(string? node, TTerms terms);

    public NodeAnswers Own { get; }

    public Asking<NothingJson, PulseJson> Pulse { get; }

    public Asking<NothingJson, NodeJson> Node { get; }

    public Asking<SessionQuery, SessionsJson> Sessions { get; }

    public Asking<NothingJson, FlowsJson> Flows { get; }

    public Asking<NothingJson, AddressIdsJson> AddressIds { get; }

    public Asking<NothingJson, ChainsJson> Chains { get; }

    public Asking<NothingJson, RoutesJson> Routes { get; }

    public Asking<EventsQuery, EventsJson> Events { get; }

    public Asking<ExplainQuery, ExplainJson> Explain { get; }

    public Asking<CloseQuery, ActionJson> Close { get; }

    public Asking<NothingJson, ActionJson> Drain { get; }

    public Asking<NothingJson, ActionJson> Undrain { get; }

    public Asking<ServerQuery, EjectionJson> Eject { get; }

    public Asking<ServerQuery, EjectionJson> Restore { get; }

    public Asking<NothingJson, ReloadJson> Reload { get; }

    /// <summary>Answers another gateway; null for a question that nobody here knows.</summary>
    public async Task<byte[]?> AnswerAsync(string question, ReadOnlyMemory<byte> terms) =>
        _asked.TryGetValue(question, out var answer) ? await answer(terms) : null;

    private Asking<TTerms, TAnswer> Question<TTerms, TAnswer>(
        string question, JsonTypeInfo<TTerms> terms, JsonTypeInfo<TAnswer> answers, Func<TTerms, Task<TAnswer>> own, Func<(string Node, string Why), TAnswer> failed,
        TimeSpan? patience = null, Func<TTerms, TAnswer, TAnswer>? shorter = null)
    {
        _asked.Add(question, async octets =>
        {
            var asked = Read(octets, terms);
            return Fit(await own(asked), answers, shorter is null ? null : many => shorter(asked, many));
        });
        return async (node, asked) =>
        {
            List<Task<TAnswer>> all = [];
            if (node is null or "*" || node == Own.Name)
                all.Add(own(asked));
            foreach (var member in _gateway.Topology.Current.Others)
                if (node == "*" || node == member.Name)
                    all.Add(member.IsReachable ? AskAsync(member) : Task.FromResult(failed((member.Name, "is not heard of"))));
            return new(await Task.WhenAll(all));

            async Task<TAnswer> AskAsync(Member member)
            {
                try
                {
                    var octets = await _gateway.Questions.AskAsync(member, question, JsonSerializer.SerializeToUtf8Bytes(asked, terms), patience ?? Patience);
                    return octets is null ? failed((member.Name, "this gateway gives no answer to that")) : Read<TAnswer>(octets, answers);
                }
                catch (AskTimeoutException)
                {
                    return failed((member.Name, "no answer in time"));
                }
                catch (JsonException)
                {
                    return failed((member.Name, "its answer cannot be read; it may be of another version"));
                }
            }
        };
    }

    /// <summary>As much of it as travels from gateway to gateway at once.</summary>
    internal static byte[] Fit<T>(T answer, JsonTypeInfo<T> type, Func<T, T>? shorter)
    {
        var octets = JsonSerializer.SerializeToUtf8Bytes(answer, type);
        while (octets.Length > NodeQuestions.MostOctets && shorter is not null)
            octets = JsonSerializer.SerializeToUtf8Bytes(answer = shorter(answer), type);
        return octets;
    }

    private static T Read<T>(ReadOnlyMemory<byte> octets, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(octets.Span, type) ?? throw new JsonException("null");
}
