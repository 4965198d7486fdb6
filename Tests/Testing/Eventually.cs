using System.Diagnostics;

namespace Testing;

/// <summary>For what becomes true soon, with patience for a machine that is busy.</summary>
public static class Eventually
{
    /// <summary>Longer than anything takes that goes well.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <inheritdoc cref="Holds(Func{bool}, Func{string}, TimeSpan?)"/>
    public static async Task Holds(Func<Task<bool>> condition, Func<string> state)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > Patience)
                throw new TimeoutException(state());
        }
    }

    /// <summary>Waits until <paramref name="condition"/> holds.</summary>
    /// <exception cref="TimeoutException">It does not come to hold; <paramref name="state"/> says what holds instead.</exception>
    /// <param name="condition">Asked again and again.</param>
    /// <param name="state">For the report.</param>
    /// <param name="patience">Where <see cref="Patience"/> is too little.</param>
    public static async Task Holds(Func<bool> condition, Func<string> state, TimeSpan? patience = null)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            if (clock.Elapsed > (patience ?? Patience))
                throw new TimeoutException(state());
            await Task.Delay(2);
        }
    }
}
