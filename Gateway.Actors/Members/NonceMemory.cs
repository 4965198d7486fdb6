namespace Gateway.Actors.Members;

/// <summary>
/// Nonces that were seen, each remembered for at least one lifetime and at most two: a generation fills while the one before it is kept. Safe
/// from any thread; nonces are spread over stripes with a lock and a clock of their own, so that none is held for long.
/// </summary>
/// <remarks>
/// Half of a nonce is kept. It is random and its sender knows the cluster's key, so that two of them meet in 64 bits about as often as never.
/// </remarks>
/// <param name="lifetime">How long a nonce could be repeated with success.</param>
/// <param name="capacity">Nonces of one generation; beyond it all are refused, rather than some forgotten.</param>
/// <param name="time">Monotonic.</param>
public sealed class NonceMemory(TimeSpan lifetime, int capacity, TimeProvider time)
{
    private const int StripeCount = 64;

    private readonly Stripe[] _stripes = [.. Enumerable.Range(0, StripeCount).Select(_ => new Stripe(time.GetTimestamp()))];
    private readonly int _limit = Math.Max(1, capacity / StripeCount);

    /// <summary>Remembers <paramref name="nonce"/>, unless it is known or there is no room.</summary>
    public NonceResult Add(UInt128 nonce)
    {
        var half = (ulong)nonce;
        var stripe = _stripes[(uint)half % StripeCount];
        lock (stripe)
        {
            Age(stripe);
            if (stripe.Old.Contains(half) || stripe.Young.Contains(half))
                return NonceResult.Repeated;
            if (stripe.Young.Count >= _limit)
                return NonceResult.Full;
            stripe.Young.Add(half);
            return NonceResult.New;
        }
    }

    private void Age(Stripe stripe)
    {
        var age = time.GetElapsedTime(stripe.Since);
        if (age < lifetime)
            return;
        stripe.Old = age < 2 * lifetime ? stripe.Young : [];
        stripe.Young = [];
        stripe.Since = time.GetTimestamp();
    }

    private sealed class Stripe(long since)
    {
        public long Since { get; set; } = since;

        public HashSet<ulong> Young { get; set; } = [];

        public HashSet<ulong> Old { get; set; } = [];
    }
}
