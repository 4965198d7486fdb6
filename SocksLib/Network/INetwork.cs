using Gateway.Protocol;

namespace SocksLib;

/// <summary>
/// The sockets and the clock that the Socks Lib works with: a gateway's loop, or the sockets of an application. All calls on one network,
/// its channels and its handlers come one at a time, and a handler is never called from inside a call that it makes.
/// </summary>
public interface INetwork
{
    /// <summary>Monotonic time.</summary>
    long Milliseconds { get; }

    /// <summary>
    /// Opens a TCP connection to a literal or a name, over the families that <paramref name="over"/> allows. <paramref name="handler"/> hears
    /// of the result exactly once, unless the attempt is cancelled first.
    /// </summary>
    IPending Open(in SocksEndpoint server, FamilyWish over, IOpenHandler handler);

    /// <summary>The addresses of a name, the preferred first; none when it has none that <paramref name="over"/> allows.</summary>
    IPending Resolve(string name, FamilyWish over, Action<IReadOnlyList<IpLiteral>> resolved);

    /// <summary>Calls <paramref name="due"/> once, when <paramref name="delay"/> has passed.</summary>
    IPending Schedule(TimeSpan delay, Action due);
}
