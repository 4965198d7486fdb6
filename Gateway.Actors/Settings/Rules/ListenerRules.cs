using Gateway.Actors.Settings.Reading;

namespace Gateway.Actors.Settings.Rules;

/// <summary>Listeners and the users they ask for.</summary>
internal static class ListenerRules
{
    public static void Check(ReadingContext context, GatewaySettings settings)
    {
        foreach (var (number, listener) in settings.Listeners.Index())
            if (listener.Auth.Contains(ListenerAuth.Password) && settings.Users.Count == 0 && !context.Source.Has("socks64.users"))
                context.Report($"socks64.listeners[{number}].auth", "asks for passwords, but there are no users");
    }
}
