using System.Diagnostics;
using System.Net;
using Gateway.Transport;

namespace Gateway.Bench;

/// <summary>An <see cref="EchoTarget"/> in a process of its own: clients and destinations of so many sessions are more descriptors than one may have.</summary>
internal sealed class EchoProcess : IDisposable
{
    private readonly Process _process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["echo"]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;

    public EchoProcess() => Endpoint = IpEndpoint.From(IPEndPoint.Parse(_process.StandardOutput.ReadLine()!));

    public IpEndpoint Endpoint { get; }

    /// <summary>The other process: says where it listens, and serves until its input ends.</summary>
    public static int Run()
    {
        using var target = new EchoTarget(isFickle: false);
        Console.WriteLine(target.Endpoint);
        Console.In.ReadToEnd();
        return 0;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
