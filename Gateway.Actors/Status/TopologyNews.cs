using Gateway.Actors.Chains;
using Gateway.Actors.Members;

namespace Gateway.Actors.Status;

/// <summary>Makes events of what changes among the gateways of the cluster and on the legs between them.</summary>
internal static class TopologyNews
{
    public static void Report(GatewayEvents events, Topology before, Topology after)
    {
        foreach (var member in after.Others)
        {
            var known = before.Others.FirstOrDefault(other => other.Announced.Incarnation == member.Announced.Incarnation);
            if (known is null)
                events.Add(GatewayEventKind.MemberUp, member.Name, "is a member");
            else if (known.IsReachable != member.IsReachable)
                events.Add(member.IsReachable ? GatewayEventKind.MemberReachable : GatewayEventKind.MemberUnreachable, member.Name,
                    member.IsReachable ? "is heard of again" : "is not heard of");
            if (known is { IsDraining: false } && member.IsDraining)
                events.Add(GatewayEventKind.MemberDraining, member.Name, "takes no new clients");
            else if (known is { IsDraining: true } && !member.IsDraining)
                events.Add(GatewayEventKind.MemberUndrained, member.Name, "takes new clients");
        }
        foreach (var member in before.Others)
            if (!after.Others.Any(other => other.Announced.Incarnation == member.Announced.Incarnation))
                events.Add(GatewayEventKind.MemberGone, member.Name, "is no member any more");
    }

    public static void Report(GatewayEvents events, LegNews news) =>
        events.Add(news.IsEjected ? GatewayEventKind.LegEjected : GatewayEventKind.LegRestored, news.Leg.ToString(),
            news.IsEjected ? "failed and is out of use" : "is in use again");

    public static void Report(GatewayEvents events, string server, bool isEjected) =>
        events.Add(isEjected ? GatewayEventKind.ServerEjected : GatewayEventKind.ServerRestored, server,
            isEjected ? "the operator took it out of the chains" : "the operator put it back into the chains");
}
