using Gateway.Actors.Settings.Reading;

namespace Gateway.Actors.Settings.Rules;

/// <summary>Chains are read and judged, but nothing runs them yet: a route that leads through one would fail at every connection.</summary>
internal static class ChainsNotYet
{
    public static void Check(ReadingContext context, GatewaySettings settings)
    {
        foreach (var (number, route) in settings.Routes.Index())
            if (route.IsChain && settings.Chains.ContainsKey(route.Via))
                context.Report(RouteRules.PathOf(number, "via"), "chains are not available in this version");
    }
}
