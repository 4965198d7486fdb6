using Socks64Actors.EndToEnd.Tests.Lab;
using Socks64Actors.EndToEnd.Tests.Scripts;

namespace Socks64Actors.EndToEnd.Tests.Killing;

/// <summary>What <c>scripts/test-killing.sh</c> does for long and under load, once and by single requests, none of which is repeated.</summary>
public sealed class DyingNodeTests
{
    [LabFact("python3", "curl")]
    public void Requests_succeed_while_one_relay_and_one_exit_live_although_they_came_back_just_before()
    {
        // A busy machine may take its time; what is tested is that there is a way, and that it is found.
        using var lab = new ScriptedLab(File.ReadAllText(Path.Combine(Repository.Root, "hocon/lab.conf"))
            .Replace("chains.lab.hops", "chains.lab.setup-timeout = 60s\n  chains.lab.hops"));
        lab.Up().MustSucceed();
        string[] doors = [lab.Status("e1", "SERVES"), lab.Status("e2", "SERVES")];

        lab.Run("kill", "r1", "r3", "x2").MustSucceed();
        Ask(lab, doors);
        lab.Run("restart", "r1", "r3", "x2").MustSucceed();
        lab.Run("kill", "r2", "x1").MustSucceed();
        Ask(lab, doors);
        lab.Run("restart", "r2", "x1").MustSucceed();
        lab.Run("pause", "r1").MustSucceed();
        lab.Run("cut", "x2", "e1,e2,r1,r2,r3,x1,d4,d6").MustSucceed();
        Ask(lab, doors);
        lab.Run("resume", "r1").MustSucceed();
        lab.Run("heal").MustSucceed();
        lab.Run("pause", "r2", "r3", "x1").MustSucceed();
        Ask(lab, doors);
    }

    private static void Ask(ScriptedLab lab, string[] doors)
    {
        foreach (var door in doors)
            Assert.StartsWith("hello from d4", lab.Curl("c4", "--max-time", "90", "--socks5-hostname", door, "http://four.lab.test/").MustSucceed().Output);
    }
}
