using System.Globalization;
using System.Text;

namespace Gateway.Actors.Loops;

/// <summary>The dispatchers of the loops: one section of configuration and one id each.</summary>
public static class LoopDispatchers
{
    /// <summary>Messages that one mailbox handles before it lets others on the loop have a turn.</summary>
    public const int Throughput = 32;

    private const string Section = "socks64-loops";

    /// <summary>What <c>Props.WithDispatcher</c> takes for the loop with this index.</summary>
    public static string Id(int loop) => string.Create(CultureInfo.InvariantCulture, $"{Section}.loop-{loop}");

    /// <summary>The HOCON that declares <paramref name="loops"/> dispatchers.</summary>
    public static string Configuration(int loops)
    {
        var type = $"{typeof(LoopDispatcherConfigurator).FullName}, {typeof(LoopDispatcherConfigurator).Assembly.GetName().Name}";
        var text = new StringBuilder();
        for (var loop = 0; loop < loops; loop++)
            text.AppendLine(CultureInfo.InvariantCulture, $"{Id(loop)} {{ type = \"{type}\", loop = {loop}, throughput = {Throughput} }}");
        return text.ToString();
    }
}
