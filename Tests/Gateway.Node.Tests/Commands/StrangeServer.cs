using System.Net;
using System.Net.Sockets;
using System.Text;
using Testing;

namespace Gateway.Node.Tests.Commands;

/// <summary>A web server that answers by its own rules: code, media type and body for a path.</summary>
internal sealed class StrangeServer : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Func<string, (int Code, string Type, string Body)> _answer;

    public StrangeServer(Func<string, (int Code, string Type, string Body)> answer)
    {
        _answer = answer;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _ = ServeAsync();
    }

    public IPEndPoint Endpoint => _listener.Here;

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await _listener.AcceptAsync());
        }
        catch (SocketException)
        {
            // It was disposed.
        }
    }

    private async Task AnswerAsync(Socket client)
    {
        await using var stream = new NetworkStream(client, ownsSocket: true);
        using var reader = new StreamReader(stream);
        var first = await reader.ReadLineAsync();
        while (await reader.ReadLineAsync() is { Length: > 0 })
        {
        }
        var (code, type, body) = _answer(first!.Split(' ')[1]);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {code} X\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
    }
}
