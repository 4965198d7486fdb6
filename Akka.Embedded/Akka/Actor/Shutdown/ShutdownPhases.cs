using Akka.Configuration;
using Akka.Util;

namespace Akka.Actor;

/// <summary>Reads <c>akka.coordinated-shutdown.phases</c> and puts them in order.</summary>
internal static class ShutdownPhases
{
    public static IReadOnlyDictionary<string, ShutdownPhase> Read(Config config)
    {
        var timeout = config.Duration("default-phase-timeout");
        var phases = config.GetConfig("phases")!;
        var read = new Dictionary<string, ShutdownPhase>();
        foreach (var (name, _) in phases.AsEnumerable())
        {
            var settings = phases.GetConfig($"\"{name}\"") ?? Config.Empty;
            read[name] = new ShutdownPhase(
                [.. settings.GetStringList("depends-on")],
                settings.GetTimeSpan("timeout", timeout, allowInfinite: false),
                settings.GetBoolean("recover", true),
                settings.GetBoolean("enabled", true));
        }

        return read;
    }

    /// <summary>Every phase after those it depends on; otherwise as written.</summary>
    /// <exception cref="ArgumentException">The phases depend on each other in a circle.</exception>
    public static IReadOnlyList<string> Order(IReadOnlyDictionary<string, ShutdownPhase> phases)
    {
        var ordered = new List<string>();
        var open = new HashSet<string>();
        foreach (var name in phases.Keys)
            Visit(name);
        return ordered;

        void Visit(string name)
        {
            if (ordered.Contains(name))
                return;
            if (!open.Add(name))
                throw new ArgumentException($"Cycle detected in graph of phases. It must be a DAG. phase [{name}] depends transitively on itself.");
            if (phases.TryGetValue(name, out var phase))
            {
                foreach (var earlier in phase.DependsOn)
                    Visit(earlier);
            }

            open.Remove(name);
            if (phase is not null)
                ordered.Add(name);
        }
    }
}
