using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Gateway.Actors.Settings;

namespace Gateway.Node.Telemetry;

/// <summary>
/// Sends OTLP requests, over HTTP/1.1 or as unary gRPC calls: a POST over HTTP/2 whose body is one message behind <c>compressed(1) LENGTH(4)</c>,
/// and whose answer is a status in the trailers. Which answers are worth another try is OTLP's own list.
/// </summary>
internal sealed class OtlpClient : IDisposable
{
    private const int GrpcPrefix = 5;

    /// <summary>CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS.</summary>
    private static readonly int[] PassingStatuses = [1, 4, 10, 11, 14, 15];

    private readonly TelemetrySettings _settings;
    private readonly HttpClient _http;

    /// <param name="settings">With an endpoint.</param>
    public OtlpClient(TelemetrySettings settings)
    {
        _settings = settings;
        // What is sent here is no part of the traces that it tells of.
        _http = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null, UseCookies = false, AllowAutoRedirect = false })
        {
            Timeout = TimeSpan.FromSeconds(10),
            MaxResponseContentBufferSize = 1 << 20,
        };
    }

    /// <summary>Does not throw but for <paramref name="noMore"/>.</summary>
    public async Task<OtlpAnswer> SendAsync(OtlpSignal signal, ReadOnlyMemory<byte> message, CancellationToken noMore)
    {
        try
        {
            using var request = _settings.Protocol == TelemetryProtocol.Grpc ? GrpcRequest(signal, message) : HttpRequest(signal, message);
            foreach (var (name, value) in _settings.Headers)
                request.Headers.TryAddWithoutValidation(name, value.Reveal());
            using var answer = await _http.SendAsync(request, noMore);
            if (answer.StatusCode != HttpStatusCode.OK)
                return new(false, (int)answer.StatusCode is 429 or 502 or 503 or 504, $"HTTP status {(int)answer.StatusCode}");
            var body = await answer.Content.ReadAsByteArrayAsync(noMore);
            return _settings.Protocol == TelemetryProtocol.Grpc ? Status(answer, body) : OtlpAnswer.TakenWith(body);
        }
        catch (Exception e) when (!noMore.IsCancellationRequested && e is HttpRequestException or OperationCanceledException or IOException)
        {
            return new(false, true, e is OperationCanceledException ? "no answer" : e.Message);
        }
    }

    public void Dispose() => _http.Dispose();

    private Uri Address(string path) => new($"{_settings.Endpoint!.AbsoluteUri.TrimEnd('/')}/{path}");

    private HttpRequestMessage HttpRequest(OtlpSignal signal, ReadOnlyMemory<byte> message) => new(HttpMethod.Post, Address(signal.Path))
    {
        Content = new ReadOnlyMemoryContent(message) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-protobuf") } },
    };

    private HttpRequestMessage GrpcRequest(OtlpSignal signal, ReadOnlyMemory<byte> message)
    {
        var body = new byte[GrpcPrefix + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(1), message.Length);
        message.CopyTo(body.AsMemory(GrpcPrefix));
        var request = new HttpRequestMessage(HttpMethod.Post, Address(signal.Method))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
        };
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        return request;
    }

    private static OtlpAnswer Status(HttpResponseMessage answer, ReadOnlySpan<byte> body)
    {
        var text = Header(answer, "grpc-status");
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            return new(false, false, "the answer is none of gRPC");
        return status == 0 ? OtlpAnswer.TakenWith(body.Length > GrpcPrefix ? body[GrpcPrefix..] : default) : new(false, PassingStatuses.Contains(status), $"gRPC status {status} {Uri.UnescapeDataString(Header(answer, "grpc-message") ?? "")}");
    }

    /// <summary>A status without a message is in the headers, one behind a message in the trailers.</summary>
    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.TrailingHeaders.TryGetValues(name, out var values) || answer.Headers.TryGetValues(name, out values) ? values.First() : null;
}
