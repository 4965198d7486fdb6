using Gateway.Actors.Settings.Reading;

namespace Gateway.Actors.Settings.Rules;

/// <summary>What has to fit together across sections; each section's own rules are with its reader.</summary>
internal static class SettingsRules
{
    public static void Check(ReadingContext context, GatewaySettings settings, AkkaSection akka)
    {
        ListenerRules.Check(context, settings);
        RouteRules.Check(context, settings);
        ChainRules.Check(context, settings, akka);
        TransitRules.Check(context, settings);
        ClusterRules.Check(context, settings, akka);
    }
}
