using Gateway.Actors.Settings.Reading;

namespace Gateway.Actors.Settings.Rules;

/// <summary>
/// Routes that pass members' traffic on into a chain. All members may share one file, so a chain that can lead back to a member
/// which takes the same route again is a circle, and only <c>max-hops</c> would end it.
/// </summary>
internal static class TransitRules
{
    public static void Check(ReadingContext context, GatewaySettings settings)
    {
        foreach (var (number, route) in settings.Routes.Index())
            if (route is { Transit: true, IsChain: true } && settings.Chains.TryGetValue(route.Via, out var chain) && RoleHeldHere(settings, chain) is { } role)
                context.Report(
                    RouteRules.PathOf(number, "transit"),
                    $"goes in circles: chain {route.Via} leads to members with role {role}, this node is one, and would send what arrives into the chain again");
    }

    private static string? RoleHeldHere(GatewaySettings settings, ChainSettings chain) =>
        chain.Hops.Select(hop => hop.Role).FirstOrDefault(role => role is not null && settings.Node.Roles.Contains(role));
}
