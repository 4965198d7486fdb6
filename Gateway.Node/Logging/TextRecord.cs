using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Gateway.Actors.Settings;

namespace Gateway.Node.Logging;

/// <summary>A record for human eyes: <c>09:15:02.123 info    session  client=127.0.0.1:40000 destination=example.com:443 …</c>. Terminals alone see it, so it may cost.</summary>
internal static class TextRecord
{
    public static void Write(IBufferWriter<byte> output, DateTimeOffset now, LogLevelSetting level, string name, Action<Utf8JsonWriter> fields)
    {
        var line = new StringBuilder();
        line.Append(now.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)).Append(' ').Append(LogWriter.LevelName(level).PadRight(8));
        if (name != "log")
            line.Append(name).Append("  ");
        foreach (var field in Fields(fields).EnumerateObject())
            line.Append(field.Name is "message" ? "" : field.Name + "=").Append(Escape(field.Value.ToString(), keepLines: field.Name == "error")).Append(' ');
        output.Write(Encoding.UTF8.GetBytes(line.ToString().TrimEnd() + "\n"));
    }

    private static JsonElement Fields(Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }
        return JsonDocument.Parse(buffer.WrittenMemory).RootElement;
    }

    /// <summary>Clients choose names; they do not get to move the cursor.</summary>
    private static string Escape(string text, bool keepLines) =>
        string.Concat(text.Select(c => char.IsControl(c) && !(keepLines && c == '\n') ? $"\\x{(int)c:x2}" : c.ToString()));
}
