using Gateway.Actors.Status;

namespace Gateway.Node.Status.Json;

/// <summary>Something that happened at a gateway.</summary>
public sealed record EventJson(long Number, DateTimeOffset Time, string Node, string Kind, string Subject, string Message)
{
    internal static EventJson Of(GatewayEvent news) => new(news.Number, news.Time, news.Node, Names.Of(news.Kind), news.Subject, news.Message);
}
