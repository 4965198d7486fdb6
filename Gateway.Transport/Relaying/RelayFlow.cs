using System.Buffers;

namespace Gateway.Transport;

/// <summary>
/// One direction of a relay. Small portions pass through the loop's buffer; when a read shows that there is bulk, the direction splices
/// through a pooled pipe, which it holds only while octets are under way. What the destination does not take waits here, and nothing
/// more is read meanwhile: a destination that never reads costs at most a buffer or a pipe.
/// </summary>
internal struct RelayFlow
{
    /// <summary>A portion of at least this many octets is bulk.</summary>
    private const int BulkThreshold = 16 * 1024;

    /// <summary>Portions per turn of the loop.</summary>
    private const int PortionsPerTurn = 16;

    private Pipe? _pipe;
    private byte[]? _held;
    private int _heldStart, _heldEnd;
    private bool _bulk;

    /// <summary>Octets that the destination took.</summary>
    public long Delivered { get; private set; }

    /// <summary>The error number, when a leg failed.</summary>
    public int Errno { get; private set; }

    public FlowState State { get; private set; }

    /// <summary>Moves what can be moved now.</summary>
    public FlowState Pump(Leg source, Leg destination)
    {
        if (State == FlowState.Finished)
            return State;
        State = FlowState.Yielded;
        for (var portions = 0; State == FlowState.Yielded && portions < PortionsPerTurn; portions++)
        {
            if (!destination.IsWritable)
                State = FlowState.Waiting;
            else if (_pipe is not null || _held is not null)
                Deliver(destination);
            else if (!source.IsReadable)
                State = FlowState.Waiting;
            else
                Read(source, destination);
        }
        return State;
    }

    /// <summary>Gives back what the direction holds; octets in it are lost.</summary>
    public void Drop(PipePool pipes)
    {
        if (_pipe is not null)
            pipes.Return(_pipe);
        if (_held is not null)
            ArrayPool<byte>.Shared.Return(_held);
        (_pipe, _held) = (null, null);
    }

    private void Read(Leg source, Leg destination)
    {
        var pipe = _bulk && source.CanSplice && destination.CanSplice ? source.Loop.Pipes.Rent() : null;
        var buffer = pipe is null ? source.Loop.Buffer : default;
        var count = pipe is null ? source.Receive(buffer) : source.SpliceTo(pipe);
        if (count > 0)
            _bulk = count >= BulkThreshold;
        else
            End(count, FlowState.SourceFailed);
        if (pipe is null)
            DeliverOrHold(buffer[..Math.Max(count, 0)], destination);
        else if (count > 0)
            (_pipe, pipe.Filled) = (pipe, count);
        else
            source.Loop.Pipes.Return(pipe);
        if (_pipe is not null)
            Deliver(destination);
    }

    private void DeliverOrHold(ReadOnlySpan<byte> octets, Leg destination)
    {
        if (octets.IsEmpty)
            return;
        var taken = destination.Write(octets);
        Count(taken);
        if (State != FlowState.Yielded && State != FlowState.Waiting)
            return;
        var rest = octets[Math.Max(taken, 0)..];
        if (rest.IsEmpty)
            return;
        _held = ArrayPool<byte>.Shared.Rent(rest.Length);
        rest.CopyTo(_held);
        (_heldStart, _heldEnd) = (0, rest.Length);
    }

    private void Deliver(Leg destination)
    {
        if (_pipe is { } pipe)
        {
            pipe.Filled -= Count(destination.SpliceFrom(pipe));
            if (pipe.Filled > 0)
                return;
            destination.Loop.Pipes.Return(pipe);
            _pipe = null;
            return;
        }
        _heldStart += Count(destination.Write(_held.AsSpan(_heldStart, _heldEnd - _heldStart)));
        if (_heldStart < _heldEnd)
            return;
        ArrayPool<byte>.Shared.Return(_held!);
        _held = null;
    }

    /// <summary>Books what the destination took of an offer.</summary>
    private int Count(int taken)
    {
        if (taken < 0)
        {
            End(taken, FlowState.DestinationFailed);
            return 0;
        }
        Delivered += taken;
        return taken;
    }

    private void End(int result, FlowState failure)
    {
        State = result switch
        {
            0 => FlowState.Finished,
            Leg.WouldBlock => FlowState.Waiting,
            _ => failure,
        };
        if (State == failure)
            Errno = -result;
    }
}
