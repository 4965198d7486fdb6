using Akka.Actor;

namespace Akka.Pattern;

/// <summary>An operation came at a time when it is not allowed.</summary>
public class IllegalStateException : AkkaException
{
    public IllegalStateException(string message) : base(message)
    {
    }

    public IllegalStateException(string message, Exception innerEx) : base(message, innerEx)
    {
    }
}
