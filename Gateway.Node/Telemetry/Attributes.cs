namespace Gateway.Node.Telemetry;

/// <summary>
/// Attributes of OpenTelemetry, at the end of a message:
/// <c>KeyValue { string key = 1; AnyValue value = 2; }</c>, <c>AnyValue { string string_value = 1; int64 int_value = 3; double double_value = 4; }</c>.
/// </summary>
/// <param name="message">Holds them.</param>
/// <param name="field">The number of its field for attributes.</param>
internal readonly struct Attributes(ProtobufWriter message, int field)
{
    /// <summary>Nothing for null.</summary>
    public void Add(string name, string? value)
    {
        if (value is not null)
            Add(name, any => any.Text(1, value));
    }

    /// <summary>Nothing for null.</summary>
    public void Add(string name, long? value)
    {
        if (value is { } whole)
            Add(name, any => any.Whole(3, whole));
    }

    /// <summary>In seconds; nothing for null.</summary>
    public void Add(string name, TimeSpan? value)
    {
        if (value is { } time)
            Add(name, any => any.Fixed(4, time.TotalSeconds));
    }

    private void Add(string name, Action<ProtobufWriter> value) => message.Message(field, pair =>
    {
        pair.Text(1, name);
        pair.Message(2, value);
    });
}
