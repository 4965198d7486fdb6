using System.Reflection;

namespace Architecture.Tests;

/// <summary>Arrows run one way: Protocol ← Transport and SocksLib ← Actors ← Node, and the engine knows none of them.</summary>
public class ArrowTests
{
    private static readonly string[] Product = ["Gateway.Protocol", "Gateway.Transport", "SocksLib", "Gateway.Actors", "Gateway.Node"];

    private static readonly Dictionary<string, string[]> Below = new()
    {
        ["Gateway.Protocol"] = [],
        ["Gateway.Transport"] = ["Gateway.Protocol"],
        ["SocksLib"] = ["Gateway.Protocol"],
        ["Gateway.Actors"] = ["Gateway.Protocol", "Gateway.Transport", "SocksLib"],
        ["Gateway.Node"] = ["Gateway.Actors"],
    };

    public static TheoryData<string> Rooms => [.. Product];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_refers_only_to_rooms_below_it(string room) =>
        Assert.Empty(Repository.Project(room).Projects.Except(Below[room]));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_built_room_refers_only_to_what_is_below_it(string room)
    {
        var reachable = Product.Where(other => IsBelow(other, room));
        var ours = Assembly.Load(room == "Gateway.Node" ? "socks64" : room).GetReferencedAssemblies().Select(name => name.Name!).Where(Product.Contains);
        Assert.Empty(ours.Except(reachable));
    }

    [Theory]
    [InlineData("Gateway.Protocol")]
    [InlineData("Gateway.Transport")]
    [InlineData("SocksLib")]
    public void Rooms_without_actors_need_no_package(string room)
    {
        Assert.Empty(Repository.Project(room).Akka);
        Assert.Empty(Repository.Project(room).Packages);
    }

    [Fact]
    public void The_protocol_needs_the_base_library_alone_and_no_sockets()
    {
        var references = Assembly.Load("Gateway.Protocol").GetReferencedAssemblies().Select(name => name.Name!).ToList();
        Assert.All(references, name => Assert.StartsWith("System.", name));
        Assert.DoesNotContain("System.Net.Sockets", references);
    }

    [Fact]
    public void The_product_takes_akka_by_the_one_switch() =>
        Assert.DoesNotContain(
            Product.SelectMany(room => Repository.Project(room).Packages),
            name => name.StartsWith("Akka", StringComparison.Ordinal) || name.StartsWith("Hocon", StringComparison.Ordinal));

    [Fact]
    public void The_product_does_not_know_which_engine_runs_it() =>
        Assert.DoesNotContain(Repository.Files(".cs", ".csproj").Where(IsProduct), file => Repository.Text(file).Contains("Akka.Embedded"));

    [Fact]
    public void The_engine_knows_no_gateway()
    {
        Assert.All(
            Repository.Projects.Where(project => project.Folder.StartsWith("Akka.Embedded", StringComparison.Ordinal)),
            project => Assert.DoesNotContain(project.Projects, Product.Contains));
        Assert.DoesNotContain(
            Repository.Files(".cs").Where(file => file.StartsWith("Akka.Embedded/", StringComparison.Ordinal)),
            file => Product.Any(room => Repository.Text(file).Contains($"using {room}", StringComparison.Ordinal)));
    }

    private static bool IsProduct(string file) => Product.Any(room => file.StartsWith(room + "/", StringComparison.Ordinal));

    private static bool IsBelow(string other, string room) => Below[room].Any(direct => direct == other || IsBelow(other, direct));
}
