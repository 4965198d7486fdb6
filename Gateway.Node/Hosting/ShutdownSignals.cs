using System.Runtime.InteropServices;

namespace Gateway.Node.Hosting;

/// <summary>SIGTERM and SIGINT: the first asks to drain, the second not to wait for it. While this lives they end nothing by themselves.</summary>
internal sealed class ShutdownSignals : IDisposable
{
    private readonly TaskCompletionSource<PosixSignal> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _second = new();
    private readonly PosixSignalRegistration[] _registrations;

    public ShutdownSignals() =>
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take), PosixSignalRegistration.Create(PosixSignal.SIGINT, Take)];

    public Task<PosixSignal> First => _first.Task;

    public CancellationToken Second => _second.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _second.Dispose();
    }

    private void Take(PosixSignalContext context)
    {
        context.Cancel = true;
        if (!_first.TrySetResult(context.Signal))
            _second.Cancel();
    }
}
