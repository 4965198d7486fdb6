namespace Gateway.Transport;

/// <summary>
/// One side of a <see cref="Relay"/>: a stream of octets each way, with readiness. A raw leg is a socket (<see cref="Connection"/>)
/// and takes part in splicing; a wrapped leg passes its octets through a transform on their way to a socket and does not.
/// Reads and writes never block: they return <see cref="WouldBlock"/>, and the owner hears when it makes sense to try again.
/// </summary>
public abstract class Leg
{
    /// <summary>Nothing moved because the leg is not ready.</summary>
    internal const int WouldBlock = -11;

    /// <summary>The loop that both legs of a relay live on.</summary>
    public abstract Loop Loop { get; }

    /// <summary>Whether <see cref="SpliceTo"/> and <see cref="SpliceFrom"/> work now.</summary>
    internal abstract bool CanSplice { get; }

    /// <summary>Reading may yield something: octets, the end, or an error.</summary>
    internal abstract bool IsReadable { get; }

    /// <summary>Writing may take something.</summary>
    internal abstract bool IsWritable { get; }

    /// <summary>From now on <paramref name="owner"/> hears of readiness, and nobody else.</summary>
    internal abstract void Attach(ILegOwner owner);

    /// <summary>Octets read, beginning with those left unread before; 0 at the end of the stream; a negative error number.</summary>
    internal abstract int Receive(Span<byte> buffer);

    /// <summary>Octets taken; a negative error number.</summary>
    internal abstract int Write(ReadOnlySpan<byte> octets);

    /// <summary>As <see cref="Receive"/>, into a pipe.</summary>
    internal abstract int SpliceTo(Pipe pipe);

    /// <summary>As <see cref="Write"/>, out of a pipe.</summary>
    internal abstract int SpliceFrom(Pipe pipe);

    /// <summary>Ends the direction towards the peer (FIN).</summary>
    public abstract void ShutdownWrite();

    /// <summary>Lets go of both directions.</summary>
    public abstract void Close();

    /// <summary>Lets go of both directions with a reset.</summary>
    public abstract void Abort();
}
