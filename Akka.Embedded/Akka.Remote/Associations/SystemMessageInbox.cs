using Akka.Remote.Wire;

namespace Akka.Remote.Associations;

/// <summary>Which system messages of one incarnation of a peer have arrived. It outlives the connections they come over.</summary>
internal sealed class SystemMessageInbox
{
    private readonly Lock _lock = new();
    private long? _expected;

    /// <summary>False: it was here before.</summary>
    /// <exception cref="WireException">One is missing in between.</exception>
    public bool TryAccept(long number)
    {
        lock (_lock)
        {
            var expected = _expected ?? number;
            if (number > expected)
                throw new WireException($"system message {number}, where {expected} was expected");
            if (number < expected)
                return false;
            _expected = number + 1;
            return true;
        }
    }
}
