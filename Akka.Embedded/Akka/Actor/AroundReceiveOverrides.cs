using System.Collections.Concurrent;
using System.Reflection;

namespace Akka.Actor;

/// <summary>Which actor types stand around their <c>Receive</c>. Few do, so the others are spared the delegate.</summary>
internal static class AroundReceiveOverrides
{
    private static readonly ConcurrentDictionary<Type, object> Known = new();
    private static readonly object Yes = new();
    private static readonly object No = new();

    public static bool Has(Type actorType) => Known.GetOrAdd(actorType, static type => IsOverridden(type) ? Yes : No) == Yes;

    private static bool IsOverridden(Type type) =>
        type.GetMethod("AroundReceive", BindingFlags.Instance | BindingFlags.NonPublic, [typeof(Receive), typeof(object)])!
            .DeclaringType != typeof(ActorBase);
}
