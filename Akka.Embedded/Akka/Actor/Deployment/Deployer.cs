using Akka.Configuration;

namespace Akka.Actor;

/// <summary>What <c>akka.actor.deployment</c> says about paths below <c>/user</c>. <c>*</c> stands for one name.</summary>
public class Deployer
{
    protected readonly Config Default;

    private readonly List<(string[] Path, Deploy Deploy)> _deployments = [];

    public Deployer(Settings settings)
    {
        var config = settings.Config.GetConfig("akka.actor.deployment");
        Default = config?.GetConfig("default") ?? Config.Empty;
        if (config is null)
            return;
        foreach (var (key, _) in config.AsEnumerable())
        {
            var path = key.Trim('"');
            if (path != "default")
                SetDeploy(ParseConfig(path, config.GetConfig($"\"{path}\"") ?? config.GetConfig(path)!));
        }
    }

    /// <summary>Null if nothing is said about the path.</summary>
    public Deploy? Lookup(ActorPath path) =>
        _deployments.Count == 0 || path.Depth < 2 || path.ParentOf(1).Name != "user" ? null : Lookup(path.Elements.Skip(1));

    /// <summary>Null if nothing is said about the path, which begins below <c>/user</c>.</summary>
    public Deploy? Lookup(IEnumerable<string> path)
    {
        var elements = path.ToArray();
        return _deployments.Find(entry =>
            entry.Path.Length == elements.Length && entry.Path.Zip(elements).All(pair => pair.First == "*" || pair.First == pair.Second)).Deploy;
    }

    public virtual Deploy ParseConfig(string key, Config config)
    {
        var merged = config.WithFallback(Default);
        return Deploy.Parsed(
            key, merged, merged.GetString("dispatcher", Deploy.NoDispatcherGiven), merged.GetInt("stash-capacity", Deploy.NoStashSize));
    }

    public void SetDeploy(Deploy deploy)
    {
        var path = deploy.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var element in path)
        {
            if (element != "*" && !ActorPath.IsValidPathElement(element))
                throw new ConfigurationException($"akka.actor.deployment: [{element}] in [{deploy.Path}] is no actor name.");
        }

        _deployments.Add((path, deploy));
    }
}
