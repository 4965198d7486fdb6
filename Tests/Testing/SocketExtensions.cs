using System.Net;
using System.Net.Sockets;

namespace Testing;

/// <summary>Whole reads and sure ends, over a socket of the test's own.</summary>
public static class SocketExtensions
{
    extension(Socket socket)
    {
        public IPEndPoint Here => (IPEndPoint)socket.LocalEndPoint!;

        public IPEndPoint There => (IPEndPoint)socket.RemoteEndPoint!;

        /// <summary>Exactly <paramref name="count"/> octets.</summary>
        /// <exception cref="EndOfStreamException">The peer finished before.</exception>
        public async Task<byte[]> ReadAsync(int count)
        {
            var octets = new byte[count];
            for (var read = 0; read < count;)
            {
                var received = await socket.ReceiveAsync(octets.AsMemory(read)).AsTask().WaitAsync(Eventually.Patience);
                read += received > 0 ? received : throw new EndOfStreamException($"finished after {read} of {count} octets");
            }
            return octets;
        }

        /// <summary>All octets up to the peer's FIN.</summary>
        public async Task<byte[]> ReadToEndAsync()
        {
            var octets = new MemoryStream();
            var buffer = new byte[65536];
            while (await socket.ReceiveAsync(buffer).WaitAsync(Eventually.Patience) is var received and > 0)
                octets.Write(buffer, 0, received);
            return octets.ToArray();
        }

        public async Task WriteAsync(ReadOnlyMemory<byte> octets)
        {
            while (!octets.IsEmpty)
                octets = octets[await socket.SendAsync(octets).AsTask().WaitAsync(Eventually.Patience)..];
        }

        /// <summary>Sends FIN.</summary>
        public void Finish() => socket.Shutdown(SocketShutdown.Send);

        /// <summary>Closes with a reset.</summary>
        public void Reset()
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Dispose();
        }

        /// <summary>Whether the peer resets the connection rather than to finish it.</summary>
        public async Task<bool> IsResetAsync()
        {
            try
            {
                await socket.ReadToEndAsync();
                return false;
            }
            catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
            {
                return true;
            }
        }
    }
}
