using System.Text.Json;
using Socks64Actors.EndToEnd.Tests.Lab;
using Socks64Actors.EndToEnd.Tests.Scripts;
using Testing;

namespace Socks64Actors.EndToEnd.Tests.Killing;

/// <summary>What <c>scripts/test-killing.sh</c> does for long and under load, once and by single requests, none of which is repeated.</summary>
public sealed class DyingNodeTests
{
    private const string FiveNodes =
        """
        lab {
          networks { front = ipv4, back = ipv4, far4 = ipv4, control = ipv4 }
          control = control
          nodes {
            e1 { roles = [entry], networks = [front, back, control], listen = [front] }
            x1 { roles = [exit], networks = [back, far4, control], listen = [back] }
            x2 { roles = [exit], networks = [back, far4, control], listen = [back] }
            e2 { roles = [entry], networks = [front, back, control], listen = [front] }
            x3 { roles = [exit], networks = [back, far4, control], listen = [back] }
          }
          clients { c4.networks = [front] }
          destinations { d4 { networks = [far4], name = "four.lab.test" } }
        }
        socks64 {
          chains.lab.hops = [{ role = exit, over = ipv4 }]
          routes = [{ to = any, via = lab }, { to = any, via = direct }]
        }
        """;

    /// <summary>A busy machine may take its time; what is tested is that there is a way, and that it is found.</summary>
    private const string Patient = "chains.lab.setup-timeout = 60s\n  chains.lab.hops";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [LabFact("python3", "curl")]
    public async Task Requests_succeed_while_one_relay_and_one_exit_live_although_they_came_back_just_before()
    {
        using var lab = new ScriptedLab(File.ReadAllText(Path.Combine(Repository.Root, "hocon/lab.conf")).Replace("chains.lab.hops", Patient));
        lab.Up().MustSucceed();
        string[] doors = [lab.Status("e1", "SERVES"), lab.Status("e2", "SERVES")];
        await Meet(lab, 7, "e1", "e2");

        lab.Run("kill", "r1", "r3", "x2").MustSucceed();
        Ask(lab, doors);
        lab.Run("restart", "r1", "r3", "x2").MustSucceed();
        lab.Run("kill", "r2", "x1").MustSucceed();
        Ask(lab, doors);
        lab.Run("restart", "r2", "x1").MustSucceed();
        lab.Run("pause", "r1").MustSucceed();
        lab.Run("cut", "x2", "e1,e2,r1,r2,r3,x1,d4,d6").MustSucceed();
        Ask(lab, [.. doors, .. doors]);
        lab.Run("resume", "r1").MustSucceed();
        lab.Run("heal").MustSucceed();
        lab.Run("pause", "r2", "r3", "x1").MustSucceed();
        Ask(lab, doors);
    }

    [LabFact("python3", "curl")]
    public async Task Both_parts_of_a_cluster_serve_and_become_one_again()
    {
        using var lab = new ScriptedLab(FiveNodes.Replace("chains.lab.hops", Patient));
        lab.Up().MustSucceed();
        string[] doors = [lab.Status("e1", "SERVES"), lab.Status("e2", "SERVES")];
        await Meet(lab, 5, "e1", "e2");

        lab.Run("cut", "e1,x1,x2", "e2,x3").MustSucceed();
        Ask(lab, doors);
        await Meet(lab, 3, "e1", "x1", "x2");
        await Meet(lab, 2, "e2", "x3");
        Ask(lab, doors);
        lab.Run("heal").MustSucceed();
        await Meet(lab, 5, "e1", "x1", "x2", "e2", "x3");
        Ask(lab, doors);
    }

    private static void Ask(ScriptedLab lab, string[] doors)
    {
        foreach (var door in doors)
            Assert.StartsWith("hello from d4", lab.Curl("c4", "--max-time", "90", "--socks5-hostname", door, "http://four.lab.test/").MustSucceed().Output);
    }

    /// <summary>Waits until each of the nodes says that it is in a cluster and reaches so many members, itself included.</summary>
    private static async Task Meet(ScriptedLab lab, int members, params string[] nodes)
    {
        foreach (var node in nodes)
            await Eventually.Holds(() => Reached(lab, node) == members, () => $"{node} reaches {Reached(lab, node)} of {members}", Patience);
    }

    private static int Reached(ScriptedLab lab, string node)
    {
        var said = lab.Curl(node, "http://127.0.0.1:8558/api/cluster");
        if (said.ExitCode != 0)
            return -1;
        using var json = JsonDocument.Parse(said.Output);
        return json.RootElement.GetProperty("joined").GetBoolean()
            ? json.RootElement.GetProperty("members").EnumerateArray().Count(member => member.GetProperty("reachable").GetBoolean())
            : 0;
    }
}
