using Akka.Configuration.Hocon;
using Hocon.Reading;

namespace Akka.Configuration;

/// <summary>
/// What may stand directly below <c>akka</c> and <c>akka.actor</c>, so that a misspelled name is an error at the start and not a
/// surprise later: what the reference has, what Akka.NET 1.5 and its modules know besides, and dispatchers of one's own.
/// </summary>
internal static class KnownNames
{
    private static readonly string[] InAkka =
    [
        "channel-scheduler", "cluster", "coordination", "daemonic", "discovery", "home", "hosting", "io", "log-serializer-override-on-start",
        "logger", "logger-async-start", "management", "persistence", "quartz", "reliable-delivery", "remote", "serialization-settings",
        "ssl-config", "stream", "streams", "suppress-json-serializer-warning", "test",
    ];

    private static readonly string[] InActor =
    [
        "creation-timeout", "default-blocking-io-dispatcher", "default-fork-join-dispatcher", "default-mailbox", "inbox", "internal-dispatcher",
        "mailbox", "reaper-interval", "router", "serialization-settings", "serialize-creators", "serialize-messages",
        "synchronized-dispatcher", "task-dispatcher", "telemetry", "typed", "unstarted-push-timeout",
    ];

    private static readonly string[] OfADispatcher = ["type", "throughput", "shutdown-timeout", "executor", "mailbox-type"];

    /// <param name="given">What the system was created with.</param>
    /// <param name="reference">The engine's own settings.</param>
    /// <exception cref="ConfigurationException">One or more names are unknown; all of them are named.</exception>
    public static void Check(Config given, Config reference)
    {
        var unknown = new List<string>();
        foreach (var (name, _) in Below(given, "akka"))
        {
            if (!InAkka.Contains(name) && !reference.HasPath("akka." + PathText.RenderKey(name)))
                unknown.Add("akka." + name);
        }

        foreach (var (name, value) in Below(given, "akka.actor"))
        {
            if (!InActor.Contains(name) && !reference.HasPath("akka.actor." + PathText.RenderKey(name)) && !IsDispatcher(value))
                unknown.Add("akka.actor." + name);
        }

        if (unknown.Count > 0)
            throw new ConfigurationException($"Unknown settings: {string.Join(", ", unknown)}");
    }

    private static IEnumerable<KeyValuePair<string, HoconValue>> Below(Config config, string path) => config.GetConfig(path)?.AsEnumerable() ?? [];

    private static bool IsDispatcher(HoconValue value) =>
        value.IsObject() && value.GetObject()!.Items.Keys.Any(key => OfADispatcher.Contains(key));
}
