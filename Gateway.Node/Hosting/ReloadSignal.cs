using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Gateway.Node.Hosting;

/// <summary>SIGHUP. While this lives it ends nothing; several that come while one is being dealt with count as one.</summary>
internal sealed class ReloadSignal : IDisposable
{
    private readonly Channel<PosixSignal> _asked = Channel.CreateBounded<PosixSignal>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly PosixSignalRegistration _registration;

    public ReloadSignal() => _registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Take);

    /// <summary>Calls <paramref name="reload"/> for each, one after the other, until this is disposed.</summary>
    public async Task ServeAsync(Func<Task> reload)
    {
        await foreach (var _ in _asked.Reader.ReadAllAsync())
            await reload();
    }

    public void Dispose()
    {
        _registration.Dispose();
        _asked.Writer.TryComplete();
    }

    private void Take(PosixSignalContext context)
    {
        context.Cancel = true;
        _asked.Writer.TryWrite(context.Signal);
    }
}
