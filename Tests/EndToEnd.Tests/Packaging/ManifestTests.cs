using Socks64Actors.EndToEnd.Tests.Lab;
using YamlDotNet.RepresentationModel;

namespace Socks64Actors.EndToEnd.Tests.Packaging;

/// <summary>packaging/kubernetes as far as it can be judged without a cluster: the YAML, the settings, and that they agree.</summary>
public class ManifestTests
{
    private const string Folder = "packaging/kubernetes";

    private static readonly YamlMappingNode[] Objects = Read("socks64.yaml");

    private static readonly YamlMappingNode Pod = (YamlMappingNode)Objects.Single(one => Text(one["kind"]) == "StatefulSet")["spec"]["template"]["spec"];

    private static readonly YamlMappingNode Container = (YamlMappingNode)((YamlSequenceNode)Pod["containers"]).Single();

    private static readonly string Settings = File.ReadAllText(Path.Join(Repository.Root, Folder, "gateway.conf"));

    [Fact]
    public void The_settings_pass_the_check_with_the_variables_of_the_pod()
    {
        var environment = List(Container, "env").ToDictionary(variable => Text(variable["name"]), variable => Value(Text(variable["name"])));
        // Akka.NET's packages have no shared secret: there a cluster needs TLS, with a certificate that the operator has to make.
        var check = Command.Run(GatewayBinary.Path, ["check", "-c", Path.Join(Repository.Root, Folder, "gateway.conf")], environment: environment);
        if (check.Error.Contains("only TLS protects it"))
            Assert.Equal(78, check.ExitCode);
        else
            Assert.Contains("2 seed nodes", check.MustSucceed().Output);
        Assert.All(environment.Keys, name => Assert.Contains($"${{{name}}}", Settings));
    }

    [Fact]
    public void Ports_of_the_pod_are_those_of_the_settings()
    {
        Assert.Equal(["1080", "4053", "8558"], List(Container, "ports").Select(port => Text(port["containerPort"])).Order());
        Assert.Contains("\"0.0.0.0:1080\"", Settings);
        Assert.Contains("port = 4053", Settings);
        Assert.Contains("\"0.0.0.0:8558\"", Settings);
        var named = List(Container, "ports").Select(port => Text(port["name"])).ToList();
        Assert.All(new[] { "startupProbe", "livenessProbe", "readinessProbe" }, probe => Assert.Contains(Text(Container[probe]["httpGet"]["port"]), named));
    }

    [Fact]
    public void Kubernetes_waits_longer_than_a_drain_takes()
    {
        var before = int.Parse(Text(Container["lifecycle"]["preStop"]["sleep"]["seconds"]));
        Assert.Contains("timeouts.drain = 60s", Settings);
        Assert.InRange(int.Parse(Text(Pod["terminationGracePeriodSeconds"])), before + 60 + 10, 300);
    }

    [Fact]
    public void Members_find_each_other_by_the_headless_service()
    {
        var set = Objects.Single(one => Text(one["kind"]) == "StatefulSet");
        var service = Objects.Single(one => Text(one["kind"]) == "Service" && Text(one["metadata"]["name"]) == Text(set["spec"]["serviceName"]));
        Assert.Equal("None", Text(service["spec"]["clusterIP"]));
        var space = Text(Read("kustomization.yaml").Single()["namespace"]);
        var domain = List(Container, "env").Single(variable => Text(variable["name"]) == "SOCKS64_DOMAIN")["value"];
        Assert.Equal($"{Text(service["metadata"]["name"])}.{space}.svc.cluster.local", Text(domain));
        Assert.Contains($"socks64@{Text(set["metadata"]["name"])}-0.", Settings);
    }

    /// <summary>Of the right form; the domain and the name are the true ones.</summary>
    private static string Value(string variable) => variable switch
    {
        "SOCKS64_NODE" => "socks64-0",
        "SOCKS64_DOMAIN" => "members.socks64.svc.cluster.local",
        "SOCKS64_CLIENT_HASH" => "pbkdf2-sha256$600000$c2FsdHNhbHRzYWx0c2FsdA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        _ => "0123456789abcdef0123456789abcdef",
    };

    private static YamlMappingNode[] Read(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Path.Join(Repository.Root, Folder, file))));
        return [.. yaml.Documents.Select(document => (YamlMappingNode)document.RootNode)];
    }

    private static IEnumerable<YamlMappingNode> List(YamlNode parent, string name) => ((YamlSequenceNode)parent[name]).Cast<YamlMappingNode>();

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;
}
