using System.Security.Cryptography;
using System.Text;
using Akka.Configuration;
using Gateway.Actors.Settings;

namespace Gateway.Actors.Members;

/// <summary>What the actor system that is a member of the cluster is made with.</summary>
internal static class MemberSystem
{
    /// <summary>The part of an address before the <c>@</c>: all members of a cluster have the same.</summary>
    public const string Name = "socks64";

    /// <summary>The user's settings between what must be so here and what is better so for gateways.</summary>
    public static Config Configure(ClusterSettings cluster, IEnumerable<string> roles, MemberTiming timing, Config akka)
    {
        var needed = $$"""
            akka {
              actor {
                provider = cluster
                serializers.socks64 = "{{NameOf<MemberMessageSerializer>()}}"
                serialization-bindings { "{{NameOf<IMemberMessage>()}}" = socks64 }
                serialization-identifiers { "{{NameOf<MemberMessageSerializer>()}}" = {{MemberMessageSerializer.Number}} }
              }
              cluster {
                seed-nodes = []
                roles = [{{string.Join(", ", roles.Select(role => $"\"{role}\""))}}]
                run-coordinated-shutdown-when-down = on
              }
              coordinated-shutdown { terminate-actor-system = on, exit-clr = off, run-by-clr-shutdown-hook = off }
              remote.prune-quarantine-marker-after = {{timing.Quarantine.TotalMilliseconds:0}} ms
            }
            {{PatientDowningProvider.PatienceKey}} = {{timing.GiveUpAfter.TotalMilliseconds:0}} ms
            """;
        var better = $$"""
            akka {
              remote {
                retry-gate-closed-for = 2 s
                {{(cluster.Secret is { } secret ? $"embedded.secret = \"{RemotingSecret(secret)}\"" : "")}}
                {{(cluster.Loopback is { } host ? $"dot-netty.tcp.hostname = \"{host}\"" : "")}}
              }
              cluster {
                downing-provider-class = "{{NameOf<PatientDowningProvider>()}}"
                retry-unsuccessful-join-after = 1 s
              }
              coordinated-shutdown.phases {
                cluster-leave.timeout = 2 s
                cluster-exiting.timeout = 4 s
                cluster-exiting-done.timeout = 2 s
              }
            }
            """;
        return ConfigurationFactory.ParseString(needed).WithFallback(akka).WithFallback(ConfigurationFactory.ParseString(better));
    }

    /// <summary>A key of its own for remoting, so that none of the secret's uses can be turned against another.</summary>
    private static string RemotingSecret(Secret secret) => Convert.ToHexString(
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret.Reveal()), 32, info: "socks64 remoting v1"u8.ToArray()));

    private static string NameOf<T>() => $"{typeof(T).FullName}, {typeof(T).Assembly.GetName().Name}";
}
