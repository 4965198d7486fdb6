using System.Collections.Concurrent;
using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Gateway.Bench;

/// <summary>
/// Opens sockets in a network namespace: a thread of its own has entered it, and a socket stays for life in the namespace of the thread that
/// opened it, whoever uses it (setns(2), network_namespaces(7)). Needs root.
/// </summary>
internal sealed partial class NamespaceSockets : IDisposable
{
    private const int NewNetwork = 0x40000000;

    private readonly BlockingCollection<Action> _wanted = [];
    private readonly Thread _inside;

    /// <param name="name">As <c>ip netns list</c> has it.</param>
    public NamespaceSockets(string name)
    {
        var entered = new TaskCompletionSource();
        _inside = new Thread(() => Live(name, entered)) { IsBackground = true, Name = name };
        _inside.Start();
        entered.Task.GetAwaiter().GetResult();
    }

    public async Task<Socket> OpenTcpAsync(AddressFamily family)
    {
        var opened = new TaskCompletionSource<Socket>(TaskCreationOptions.RunContinuationsAsynchronously);
        _wanted.Add(() =>
        {
            try
            {
                opened.SetResult(new Socket(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
            }
            catch (SocketException failure)
            {
                opened.SetException(failure);
            }
        });
        return await opened.Task;
    }

    public void Dispose()
    {
        _wanted.CompleteAdding();
        _inside.Join();
        _wanted.Dispose();
    }

    private void Live(string name, TaskCompletionSource entered)
    {
        try
        {
            using var space = File.OpenHandle($"/run/netns/{name}");
            if (SetNamespace((int)space.DangerousGetHandle(), NewNetwork) != 0)
                throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
        catch (Exception failure) when (failure is IOException or Win32Exception)
        {
            entered.SetException(failure);
            return;
        }
        entered.SetResult();
        foreach (var open in _wanted.GetConsumingEnumerable())
            open();
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(int descriptor, int kind);
}
