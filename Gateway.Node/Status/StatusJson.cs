using System.Text.Json.Serialization;
using Gateway.Node.Status.Json;

namespace Gateway.Node.Status;

/// <summary>How the API writes and reads what it speaks: names in snake case, and what does not apply is left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(SessionQuery))]
[JsonSerializable(typeof(ExplainQuery))]
[JsonSerializable(typeof(CloseQuery))]
[JsonSerializable(typeof(ServerQuery))]
[JsonSerializable(typeof(NothingJson))]
[JsonSerializable(typeof(ClusterJson))]
[JsonSerializable(typeof(NodesJson<NodeJson>))]
[JsonSerializable(typeof(NodesJson<SessionsJson>))]
[JsonSerializable(typeof(NodesJson<PulseJson>))]
[JsonSerializable(typeof(NodesJson<FlowsJson>))]
[JsonSerializable(typeof(NodesJson<AddressIdsJson>))]
[JsonSerializable(typeof(NodesJson<ChainsJson>))]
[JsonSerializable(typeof(NodesJson<RoutesJson>))]
[JsonSerializable(typeof(NodesJson<ExplainJson>))]
[JsonSerializable(typeof(NodesJson<ActionJson>))]
[JsonSerializable(typeof(NodesJson<EjectionJson>))]
[JsonSerializable(typeof(NodesJson<ReloadJson>))]
[JsonSerializable(typeof(EventJson))]
[JsonSerializable(typeof(NodesJson<EventsJson>))]
[JsonSerializable(typeof(EventsQuery))]
[JsonSerializable(typeof(ErrorJson))]
[JsonSerializable(typeof(ReadyJson))]
[JsonSerializable(typeof(LoginJson))]
internal sealed partial class StatusJson : JsonSerializerContext;
