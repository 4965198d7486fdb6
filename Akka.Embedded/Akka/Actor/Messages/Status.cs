namespace Akka.Actor;

/// <summary>An answer that says how it went.</summary>
public abstract class Status
{
    /// <summary>Makes an <c>Ask</c> throw <see cref="Cause"/>.</summary>
    public sealed class Failure : Status
    {
        public readonly Exception Cause;
        public readonly object State;

        public Failure(Exception cause)
            : this(cause, null)
        {
        }

        public Failure(Exception cause, object? state)
        {
            Cause = cause;
            State = state!;
        }

        public override string ToString() => State is null ? $"Failure: {Cause}" : $"Failure[state={State}]: {Cause}";
    }

    public sealed class Success : Status
    {
        public static readonly Success Instance = new(null);
        public readonly object Status;

        public Success(object? status) => Status = status!;

        public override string ToString() => Status is null ? "Success: null" : $"Success: {Status}";
    }
}
