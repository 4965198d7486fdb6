using System.Net.Sockets;
using System.Text;

namespace Preload.Tests.Support;

/// <summary>What stands behind the gateway: HTTP on port 80, DNS on port 53, an echo on every other.</summary>
internal sealed class FakeDestination(NetworkStream stream, CancellationToken life)
{
    public const string Page = "hello through the gateway\n";

    public Task ServeAsync(int port) => port switch { 80 => HttpAsync(), 53 => DnsAsync(), _ => EchoAsync() };

    /// <summary>The question comes back as its own answer, with nothing in it.</summary>
    public static byte[] DnsAnswer(byte[] query)
    {
        byte[] answer = [.. query];
        answer[2] |= 0x80;
        answer[3] = 0x80;
        return answer;
    }

    private async Task EchoAsync()
    {
        var buffer = new byte[16384];
        int count;
        while ((count = await stream.ReadAsync(buffer, life)) > 0)
            await stream.WriteAsync(buffer.AsMemory(0, count), life);
    }

    private async Task HttpAsync()
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        while (await reader.ReadLineAsync(life) is { } line)
        {
            if (line.Length > 0)
                continue;
            var head = $"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {Page.Length}\r\nConnection: close\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head + Page), life);
            return;
        }
    }

    private async Task DnsAsync()
    {
        var length = new byte[2];
        await stream.ReadExactlyAsync(length, life);
        var query = new byte[length[0] << 8 | length[1]];
        await stream.ReadExactlyAsync(query, life);
        await stream.WriteAsync((byte[])[.. length, .. DnsAnswer(query)], life);
    }
}
