using Gateway.Actors.Settings;
using Gateway.Node.Status;

namespace Gateway.Node.Telemetry;

/// <summary>
/// Who speaks, around what traces and metrics say. Both have one shape: <c>request { resource = 1 of 1; scope = 1 of 2 of 1; … }</c>.
/// </summary>
internal sealed class TelemetrySource(GatewaySettings settings)
{
    /// <summary><c>node.name</c>.</summary>
    public string Node => settings.Node.Name;

    public TelemetrySettings Settings => settings.Telemetry;

    /// <summary>ExportTraceServiceRequest or ExportMetricsServiceRequest, with one ResourceSpans or ResourceMetrics in it.</summary>
    /// <param name="items">Writes the spans or metrics, as field 2 of the scope's message.</param>
    public ReadOnlyMemory<byte> Request(Action<ProtobufWriter> items)
    {
        var request = new ProtobufWriter();
        request.Message(1, ofResource =>
        {
            ofResource.Message(1, WriteResource);
            ofResource.Message(2, ofScope =>
            {
                ofScope.Message(1, scope =>
                {
                    scope.Text(1, "socks64");
                    scope.Text(2, NodeAnswers.Version);
                });
                items(ofScope);
            });
        });
        return request.Octets;
    }

    private void WriteResource(ProtobufWriter resource)
    {
        var attributes = new Attributes(resource, 1);
        Dictionary<string, string> values = new()
        {
            ["service.name"] = "socks64",
            ["service.instance.id"] = Node,
            ["service.version"] = NodeAnswers.Version,
        };
        foreach (var (name, value) in Settings.Resource)
            values[name] = value;
        foreach (var (name, value) in values)
            attributes.Add(name, value);
    }
}
