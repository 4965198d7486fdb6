using System.Runtime.InteropServices;

namespace Gateway.Actors.Access;

/// <summary>Counts what each owner holds, up to a limit. Shared by all loops: its locks are many and short. Counts of zero take no memory.</summary>
public sealed class KeyedCounter<TKey>(int limit) where TKey : notnull
{
    private const int StripeCount = 32;

    private int _limit = limit;

    private readonly Dictionary<TKey, int>[] _stripes = [.. Enumerable.Range(0, StripeCount).Select(_ => new Dictionary<TKey, int>())];

    /// <summary>A lower one than before sends nobody away.</summary>
    public int Limit
    {
        get => Volatile.Read(ref _limit);
        set => Volatile.Write(ref _limit, value);
    }

    /// <summary>False, and nothing counted, when the owner is at the limit.</summary>
    public bool TryTake(TKey key)
    {
        var stripe = StripeOf(key);
        lock (stripe)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(stripe, key, out _);
            if (count >= Limit)
                return false;
            count++;
            return true;
        }
    }

    /// <summary>Gives back what <see cref="TryTake"/> took.</summary>
    /// <exception cref="InvalidOperationException">The owner holds nothing.</exception>
    public void Release(TKey key)
    {
        var stripe = StripeOf(key);
        lock (stripe)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrNullRef(stripe, key);
            if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref count))
                throw new InvalidOperationException($"{key} holds nothing.");
            if (--count == 0)
                stripe.Remove(key);
        }
    }

    public int CountOf(TKey key)
    {
        var stripe = StripeOf(key);
        lock (stripe)
            return stripe.GetValueOrDefault(key);
    }

    private Dictionary<TKey, int> StripeOf(TKey key) => _stripes[(uint)key.GetHashCode() % StripeCount];
}
