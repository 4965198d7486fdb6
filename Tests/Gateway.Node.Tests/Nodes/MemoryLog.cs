using System.Text;
using System.Text.Json;

namespace Gateway.Node.Tests.Nodes;

/// <summary>What a log wrote, while it writes.</summary>
internal sealed class MemoryLog : Stream
{
    private readonly MemoryStream _octets = new();

    public IReadOnlyList<JsonElement> Records
    {
        get
        {
            lock (_octets)
                return [.. Encoding.UTF8.GetString(_octets.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        }
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count)
    {
        lock (_octets)
            _octets.Write(buffer, offset, count);
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
