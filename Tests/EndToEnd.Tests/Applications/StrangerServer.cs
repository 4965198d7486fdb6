using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Socks64Actors.EndToEnd.Tests.Lab;
using SocksLib;
using Testing;

namespace Socks64Actors.EndToEnd.Tests.Applications;

/// <summary>A SOCKS server of another make, at a loopback address that nothing else uses, so that its ports are free.</summary>
internal sealed class StrangerServer : IDisposable
{
    private const int Port = 1080, SshPort = 2222;

    private static int _servers;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("socks64-stranger");
    private readonly ConcurrentQueue<string> _said = new();
    private readonly List<Process> _processes = [];
    private readonly string _address = FreshAddress();

    public HopServer Server => HopServer.At(_address, Port);

    public static async Task<StrangerServer> MicrosocksAsync()
    {
        var server = new StrangerServer();
        server.Start("microsocks", "-i", server._address, "-p", $"{Port}", "-u", "alice", "-P", "s3cret");
        await server.ListensAsync(Port);
        return server;
    }

    public static async Task<StrangerServer> DanteAsync()
    {
        var server = new StrangerServer();
        server.Start("danted", "-f", server.File("danted.conf", $$"""
            logoutput: stderr
            internal: {{server._address}} port = {{Port}}
            external: {{server._address}}
            clientmethod: none
            socksmethod: none
            user.privileged: root
            user.unprivileged: nobody
            client pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }
            socks pass {
              from: 0.0.0.0/0 to: 0.0.0.0/0
              command: bind connect udpassociate bindreply udpreply
            }
            """));
        await server.ListensAsync(Port);
        return server;
    }

    /// <summary><c>ssh -D</c>, to an sshd beside it.</summary>
    public static async Task<StrangerServer> OpenSshAsync()
    {
        var server = new StrangerServer();
        foreach (var key in new[] { "host", "user" })
            Command.Run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", server.Path(key)]).MustSucceed();
        Directory.CreateDirectory("/run/sshd");
        server.Start("sshd", "-D", "-e", "-f", "/dev/null", "-p", $"{SshPort}", "-h", server.Path("host"), "-o", $"ListenAddress={server._address}",
            "-o", $"AuthorizedKeysFile={server.Path("user.pub")}", "-o", "StrictModes=no", "-o", "PidFile=none", "-o", "PermitRootLogin=yes");
        await server.ListensAsync(SshPort);
        server.Start("ssh", "-F", "/dev/null", "-N", "-D", $"{server._address}:{Port}", "-p", $"{SshPort}", "-i", server.Path("user"), "-o", "StrictHostKeyChecking=no",
            "-o", $"UserKnownHostsFile={server.Path("known")}", "-o", "ExitOnForwardFailure=yes", $"root@{server._address}");
        await server.ListensAsync(Port);
        return server;
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.Dispose();
        }
        _folder.Delete(recursive: true);
    }

    /// <summary>Of this server in this process: 127.64.0.0/10 has room for all.</summary>
    private static string FreshAddress()
    {
        var (process, server) = (Environment.ProcessId, Interlocked.Increment(ref _servers));
        return new IPAddress([127, (byte)(64 + process % 64), (byte)(process / 64), (byte)server]).ToString();
    }

    private string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    private string File(string name, string text)
    {
        System.IO.File.WriteAllText(Path(name), text);
        return Path(name);
    }

    private void Start(string program, params string[] arguments)
    {
        var process = Command.Start(program, arguments);
        process.ErrorDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        process.BeginErrorReadLine();
        process.OutputDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        _processes.Add(process);
    }

    private Task ListensAsync(int port) => Eventually.Holds(async () =>
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(_address, port);
            return true;
        }
        catch (SocketException)
        {
            await Task.Delay(20);
            return false;
        }
    }, () => $"nobody listens at {_address}:{port}:\n{string.Join('\n', _said)}");
}
