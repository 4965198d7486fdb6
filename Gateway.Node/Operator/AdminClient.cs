using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Gateway.Node.Status;

namespace Gateway.Node.Operator;

/// <summary>Asks a running gateway at its operator's door (docs/admin.md), and says in an operator's words what went wrong.</summary>
internal sealed class AdminClient : IDisposable
{
    /// <summary>A gateway waits 2 s for each fellow at most.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly AdminTarget _target;
    private readonly TimeSpan _patience;
    private readonly HttpClient _http;

    public AdminClient(AdminTarget target, TimeSpan? patience = null)
    {
        (_target, _patience) = (target, patience ?? Patience);
        // The token goes to the door that was named and nowhere else: through no proxy of the environment, to no other address.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ConnectCallback = ConnectAsync })
        {
            BaseAddress = target.Address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (target.Token is { } token)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
    }

    public Uri Address => _target.Address;

    /// <summary>The answer as it came, JSON.</summary>
    /// <param name="path">Without a slash before it.</param>
    /// <exception cref="AdminException">There is none, or none of a gateway.</exception>
    public Task<byte[]> GetAsync(string path, CancellationToken cancellation = default) => AskAsync(HttpMethod.Get, path, cancellation);

    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation = default) =>
        Read(await GetAsync(path, cancellation), type);

    /// <summary>Has something done. That some gateway has not done it stands in the answer.</summary>
    public async Task<T> PostAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation = default) =>
        Read(await AskAsync(HttpMethod.Post, path, cancellation), type);

    /// <summary>An answer that goes on (<c>text/event-stream</c>), once it has begun.</summary>
    /// <param name="lastEvent">The id of the event behind which it begins.</param>
    public async Task<HttpResponseMessage> OpenAsync(string path, string lastEvent, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEvent);
        var answer = await SendAsync(request, cancellation);
        if (answer.StatusCode == HttpStatusCode.OK)
            return answer;
        using (answer)
            throw await RefusedAsync(answer, path, cancellation);
    }

    public T Read<T>(byte[] json, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new AdminException(ExitCode.Protocol, $"{Address}: the answer cannot be read; the gateway may be of another version than this command, {NodeAnswers.Version}");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<byte[]> AskAsync(HttpMethod method, string path, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_patience);
        try
        {
            using var answer = await SendAsync(new HttpRequestMessage(method, path), patience.Token);
            // 409 is an answer: it says which gateway has not done what was asked.
            if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Conflict))
                throw await RefusedAsync(answer, path, patience.Token);
            var body = await answer.Content.ReadAsByteArrayAsync(patience.Token);
            return answer.Content.Headers.ContentType?.MediaType == "application/json" ? body : throw NotAGateway();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new AdminException(ExitCode.Unavailable, $"{Address}: no answer within {_patience.TotalSeconds:0} s");
        }
        catch (HttpRequestException e)
        {
            throw new AdminException(ExitCode.Unavailable, $"{Address}: the answer broke off: {e.Message}");
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (HttpRequestException e) when (e.InnerException is SocketException socket)
        {
            var hint = socket.SocketErrorCode == SocketError.ConnectionRefused ? "nobody listens there; is the gateway running, and is this its admin.address?" : socket.Message;
            throw new AdminException(ExitCode.Unavailable, $"{Address}: {hint}");
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            throw new AdminException(ExitCode.Unavailable, $"{Address}: no TLS connection: {e.InnerException?.Message ?? e.Message}");
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ResponseEnded || e.InnerException is IOException)
        {
            throw new AdminException(ExitCode.Unavailable, $"{Address}: the connection was closed before an answer came");
        }
        catch (HttpRequestException)
        {
            throw NotAGateway();
        }
    }

    /// <summary>Whoever listens where a gateway may have been is found out before anybody waits for them.</summary>
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // Events may be far between: a gateway whose machine has died is found out within 30 s.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 15);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<AdminException> RefusedAsync(HttpResponseMessage answer, string path, CancellationToken cancellation)
    {
        var why = await WhyAsync(answer, cancellation);
        return answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized when why is not null => new(ExitCode.NoPermission, $"{Address}: {(_target.Token is null ? "the gateway wants its token, and none is known here" : "this is not the gateway's token")}; --help says where it is taken from"),
            HttpStatusCode.Forbidden or HttpStatusCode.MisdirectedRequest or HttpStatusCode.TooManyRequests when why is not null => new(ExitCode.NoPermission, $"{Address}: {why}"),
            HttpStatusCode.BadRequest or HttpStatusCode.NotFound when why is not null => new(ExitCode.Failure, why),
            HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed when await IsGatewayAsync(cancellation) =>
                new(ExitCode.Protocol, $"{Address}: this gateway is too old for that; it does not know /{path.Split('?')[0]}"),
            _ => NotAGateway(),
        };
    }

    /// <summary>What the gateway says; null when whoever answers speaks otherwise.</summary>
    private static async Task<string?> WhyAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            return JsonSerializer.Deserialize(await answer.Content.ReadAsByteArrayAsync(cancellation), StatusJson.Default.ErrorJson)?.Error;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<bool> IsGatewayAsync(CancellationToken cancellation)
    {
        using var answer = await _http.GetAsync("healthz", cancellation);
        return answer.IsSuccessStatusCode && await answer.Content.ReadAsStringAsync(cancellation) == "ok\n";
    }

    private AdminException NotAGateway() => new(ExitCode.Protocol, $"{Address}: whoever answers there is not a socks64");
}
