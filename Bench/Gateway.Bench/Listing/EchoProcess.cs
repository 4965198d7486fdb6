using System.Diagnostics;
using System.Net;
using Gateway.Transport;

namespace Gateway.Bench;

/// <summary>The echo servers of <see cref="Targets"/> in a process of their own: clients and destinations of so many sessions are more descriptors than one may have.</summary>
internal sealed class EchoProcess : IDisposable
{
    private readonly Process _process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["echo"]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;

    public EchoProcess() => Endpoint = IpEndpoint.From(IPEndPoint.Parse(_process.StandardOutput.ReadLine()!));

    public IpEndpoint Endpoint { get; }

    /// <summary>The other process: says where it listens, and serves until its input ends.</summary>
    public static int Run()
    {
        using var targets = new Targets();
        Console.WriteLine(targets.Tcp);
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
