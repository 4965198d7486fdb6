using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Embedded.Tests.Remote;

namespace Akka.Embedded.Tests.Processes;

[Collection(nameof(ProcessCollection))]
public sealed class DescriptorTests
{
    /// <summary>More than a node has at its start, and less than that and the strangers it would let in.</summary>
    private const int Descriptors = 300;

    [Fact]
    public async Task A_node_without_file_descriptors_pauses_and_is_back_when_it_has_some_again()
    {
        var port = FiveNodes.FreePorts(1)[0];
        using var node = new NodeProcess("127.0.0.1", port, $"127.0.0.1:{port}", "", descriptors: Descriptors);
        await Eventually.Holds(() => node.Said("MemberUp"), node.Transcript);

        var strangers = new List<Socket>();
        try
        {
            while (strangers.Count < 2 * Descriptors && !node.Said("Accepting connections pauses"))
            {
                var stranger = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                strangers.Add(stranger);
                await stranger.ConnectAsync(IPAddress.Loopback, port);
            }

            await Eventually.Holds(() => node.Said("Accepting connections pauses"), node.Transcript);
        }
        finally
        {
            strangers.ForEach(stranger => stranger.Dispose());
        }

        await using var here = RemoteSystem.Start();
        var echo = here.System.ActorSelection($"akka.tcp://lab@127.0.0.1:{port}/user/echo");
        await Eventually.Holds(async () => await Answers(echo), () => $"{node.Transcript()}\n{string.Join("\n", here.Log)}");
    }

    private static async Task<bool> Answers(ActorSelection echo)
    {
        try
        {
            return await echo.Ask<string>("hello", TimeSpan.FromSeconds(1)) == "hello";
        }
        catch (AskTimeoutException)
        {
            return false;
        }
    }
}
