namespace Akka.Actor;

internal sealed class AlreadyCancelled : ICancelable
{
    public static readonly AlreadyCancelled Instance = new();

    public bool IsCancellationRequested => true;
    public CancellationToken Token => new(true);

    public void Cancel()
    {
    }

    public void Cancel(bool throwOnFirstException)
    {
    }

    public void CancelAfter(TimeSpan delay)
    {
    }

    public void CancelAfter(int millisecondsDelay)
    {
    }
}
