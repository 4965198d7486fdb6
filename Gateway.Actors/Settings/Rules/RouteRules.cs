using Gateway.Actors.Settings.Reading;

namespace Gateway.Actors.Settings.Rules;

/// <summary>Routes, and the users and chains they name.</summary>
internal static class RouteRules
{
    public static string PathOf(int number, string key) => $"socks64.routes[{number}].{key}";

    public static void Check(ReadingContext context, GatewaySettings settings)
    {
        int? catchAll = null;
        foreach (var (number, route) in settings.Routes.Index())
        {
            if (route.IsChain && !settings.Chains.ContainsKey(route.Via))
            {
                string[] known = [RouteSettings.Direct, RouteSettings.Reject, .. settings.Chains.Keys];
                context.Report(PathOf(number, "via"), $"there is no chain \"{route.Via}\"{Spelling.Suggestion(route.Via, known)}");
            }
            if (route.Transit && !route.IsChain)
                context.Report(PathOf(number, "transit"), $"means something only with via = a chain; {route.Via} applies to members' traffic anyway", Severity.Warning);
            foreach (var user in route.Users.Where(user => !settings.Users.ContainsKey(user)))
                if (!context.Source.Has(KeyPath.Child("socks64.users", user)))
                    context.Report(PathOf(number, "user"), $"there is no user \"{user}\"{Spelling.Suggestion(user, settings.Users.Keys)}");
            if (catchAll is { } first)
                context.Report($"socks64.routes[{number}]", $"is never reached: routes[{first}] takes everything", Severity.Warning);
            if (TakesEverything(route))
                catchAll ??= number;
        }
    }

    private static bool TakesEverything(RouteSettings route) =>
        route is { From.Count: 0, Users.Count: 0, Listeners.Count: 0, Commands: Routing.RouteCommands.All, To.IsAny: true, Ports.IsAll: true }
        && (!route.IsChain || route.Transit);
}
