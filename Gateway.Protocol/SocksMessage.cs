namespace Gateway.Protocol;

/// <summary>What every message can do, written once: <c>SocksRequest.TryRead(buffer, out var request, out var consumed)</c>.</summary>
public static class SocksMessage
{
    extension<T>(T) where T : struct, ISocksMessage<T>, allows ref struct
    {
        /// <summary>Reads one message from the start of <paramref name="buffer"/>; false when more octets are needed.</summary>
        /// <param name="consumed">Octets of the message; those behind it are untouched.</param>
        /// <exception cref="ProtocolException">No octets that follow can make this a message. It carries the octets owed to the
        /// sender.</exception>
        public static bool TryRead(ReadOnlySpan<byte> buffer, out T message, out int consumed)
        {
            var status = T.Read(buffer, out message, out consumed);
            return status.IsViolation ? throw new ProtocolException(status, T.Owed(status)) : status == ReadStatus.Complete;
        }
    }

    /// <summary>The message's octets in an array of their own.</summary>
    public static byte[] ToBytes<T>(this T message) where T : struct, ISocksMessage<T>, allows ref struct
    {
        var bytes = new byte[message.Length];
        message.Write(bytes);
        return bytes;
    }
}
