namespace Akka.Embedded.Tests.Remote;

/// <summary>Waits for what must come, and fails with a reason when it does not.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task Holds(Func<bool> condition, Func<string> otherwise, TimeSpan? patience = null)
    {
        var deadline = Environment.TickCount64 + (long)(patience ?? Patience).TotalMilliseconds;
        while (!condition())
        {
            Assert.True(Environment.TickCount64 < deadline, otherwise());
            await Task.Delay(10);
        }
    }
}
