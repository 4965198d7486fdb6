using Gateway.Actors.Settings.Reading;
using Gateway.Protocol;

namespace Gateway.Actors.Settings.Rules;

/// <summary>Listeners, the users they ask for, and the operator's door beside them.</summary>
internal static class ListenerRules
{
    public static void Check(ReadingContext context, GatewaySettings settings)
    {
        foreach (var (number, listener) in settings.Listeners.Index())
            if (listener.Auth.Contains(ListenerAuth.Password) && settings.Users.Count == 0 && !context.Source.Has("socks64.users"))
                context.Report($"socks64.listeners[{number}].auth", "asks for passwords, but there are no users");
        // The door that nobody asked for just stays closed.
        if (settings.Admin is { MayBeAbsent: false, Address: { } door }
            && settings.Listeners.FirstOrDefault(listener => AreInTheWay(listener.Address, door)) is { } taken)
            context.Report("socks64.admin.address", $"the port belongs to the listener {taken.Address}");
    }

    /// <summary>Whether one socket keeps the other from being opened: the same port at the same address, or one of them at all of its family.</summary>
    public static bool AreInTheWay(LiteralEndpoint one, LiteralEndpoint other) =>
        one.Port != 0 && one.Port == other.Port && one.Address.Family == other.Address.Family
            && (one.Address == other.Address || one.Address.IsUnspecified || other.Address.IsUnspecified);
}
