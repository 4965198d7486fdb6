using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Gateway.Node.Hosting;

/// <summary>A signal that asks for something again and again. While this lives it ends nothing; several that come while one is being dealt with count as one.</summary>
internal sealed class RepeatedSignal : IDisposable
{
    private readonly Channel<PosixSignal> _asked = Channel.CreateBounded<PosixSignal>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly PosixSignalRegistration _registration;

    public RepeatedSignal(PosixSignal signal) => _registration = PosixSignalRegistration.Create(signal, Take);

    /// <summary>SIGUSR2, which .NET has no name for: its number on x64 and arm64.</summary>
    public static PosixSignal User2 => (PosixSignal)12;

    /// <summary>Calls <paramref name="answer"/> for each, one after the other, until this is disposed.</summary>
    public async Task ServeAsync(Func<Task> answer)
    {
        await foreach (var _ in _asked.Reader.ReadAllAsync())
            await answer();
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
