using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Gateway.Actors.Settings;

namespace Gateway.Actors.Access;

/// <summary>
/// Checks names and passwords against the settings' users. The first login of a user costs what the hash costs and runs on the
/// thread pool; the next ones with the same password are answered at once from a small cache, whose key is a keyed hash, so that no
/// password stays in memory. A name that does not exist costs as much as one that does.
/// </summary>
public sealed class LoginCheck
{
    private const int CacheLimit = 4_096;

    private readonly Dictionary<string, PasswordHash> _users;
    private readonly Dictionary<string, PasswordHash>.AlternateLookup<ReadOnlySpan<char>> _byName;
    private readonly PasswordHash _nobody;
    private readonly byte[] _cacheKey;
    private readonly ConcurrentDictionary<UInt128, string> _accepted = new();
    private readonly SemaphoreSlim _turns;

    /// <param name="users">By name.</param>
    /// <param name="atOnce">Hashes computed at the same time; the others wait, so that guessing cannot take every processor.</param>
    public LoginCheck(IReadOnlyDictionary<string, UserSettings> users, int? atOnce = null)
        : this(users, new(atOnce ?? Math.Max(1, Environment.ProcessorCount / 2)), RandomNumberGenerator.GetBytes(32))
    {
    }

    private LoginCheck(IReadOnlyDictionary<string, UserSettings> users, SemaphoreSlim turns, byte[] cacheKey)
    {
        (_turns, _cacheKey) = (turns, cacheKey);
        _users = users.ToDictionary(user => user.Key, user => user.Value.Password, StringComparer.Ordinal);
        _byName = _users.GetAlternateLookup<ReadOnlySpan<char>>();
        _nobody = PasswordHash.OfNobody(_users.Count > 0 ? _users.Values.Max(hash => hash.Iterations) : PasswordHash.DefaultIterations);
    }

    /// <summary>For other users. Who logged in here, and has the same password there, is known there too: a reload makes nobody pay again.</summary>
    public LoginCheck For(IReadOnlyDictionary<string, UserSettings> users)
    {
        var next = new LoginCheck(users, _turns, _cacheKey);
        foreach (var (key, user) in _accepted)
            if (next._users.TryGetValue(user, out var hash) && hash.Equals(_users[user]))
                next._accepted[key] = user;
        return next;
    }

    /// <summary>
    /// The user's name when the password is right, null when it is not. Completes at once when the answer is known, which is safe on a
    /// loop; otherwise later, on the pool.
    /// </summary>
    /// <param name="name">In UTF-8.</param>
    /// <param name="password">Its octets.</param>
    /// <param name="guesser">Told how it went. Is asked again when the guess has its turn: of many guesses at once, those beyond the
    /// throttle's limit are refused without being looked at.</param>
    /// <param name="cancellation">Gives up the turn.</param>
    public ValueTask<string?> CheckAsync(
        ReadOnlySpan<byte> name, ReadOnlySpan<byte> password, Guesser? guesser = null, CancellationToken cancellation = default)
    {
        var key = CacheKey(name, password);
        if (_accepted.TryGetValue(key, out var known))
            return new(known);
        var user = Find(name);
        return new(CheckSlowlyAsync(key, user.Name, user.Hash, password.ToArray(), guesser, cancellation));
    }

    private async Task<string?> CheckSlowlyAsync(
        UInt128 key, string? user, PasswordHash hash, byte[] password, Guesser? guesser, CancellationToken cancellation)
    {
        try
        {
            await _turns.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
        catch (OperationCanceledException)
        {
            CryptographicOperations.ZeroMemory(password);
            throw;
        }
        try
        {
            // A browser logs in on many connections at once: one of them pays.
            if (_accepted.TryGetValue(key, out var known))
                return known;
            if (guesser is { MustWait: true })
                return null;
            var matches = await Task.Run(() => hash.Matches(password), cancellation).ConfigureAwait(false);
            if (!matches || user is null)
            {
                guesser?.Failed();
                return null;
            }
            guesser?.Succeeded();
            Remember(key, user);
            return user;
        }
        finally
        {
            _turns.Release();
            CryptographicOperations.ZeroMemory(password);
        }
    }

    private void Remember(UInt128 key, string user)
    {
        if (_accepted.Count >= CacheLimit)
            _accepted.Clear();
        _accepted[key] = user;
    }

    private (string? Name, PasswordHash Hash) Find(ReadOnlySpan<byte> name)
    {
        Span<char> text = stackalloc char[256];
        return Encoding.UTF8.TryGetChars(name, text, out var length) && _byName.TryGetValue(text[..length], out var user, out var hash)
            ? (user, hash)
            : (null, _nobody);
    }

    /// <summary>HMAC over name and password, the name's length first so that they cannot flow into each other.</summary>
    private UInt128 CacheKey(ReadOnlySpan<byte> name, ReadOnlySpan<byte> password)
    {
        Span<byte> message = stackalloc byte[1 + 255 + 255];
        message[0] = (byte)name.Length;
        name.CopyTo(message[1..]);
        password.CopyTo(message[(1 + name.Length)..]);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_cacheKey, message[..(1 + name.Length + password.Length)], mac);
        CryptographicOperations.ZeroMemory(message);
        return new(BitConverter.ToUInt64(mac), BitConverter.ToUInt64(mac[8..]));
    }
}
