using System.Net.Sockets;
using Gateway.Protocol;

namespace SocksLib;

/// <summary>A socket's failure as a reply code.</summary>
internal static class SocketErrors
{
    extension(SocketError error)
    {
        /// <summary>What a gateway would have answered (RFC 1928 §6).</summary>
        public ReplyCode Reply => error switch
        {
            SocketError.ConnectionRefused => ReplyCode.ConnectionRefused,
            SocketError.NetworkUnreachable or SocketError.NetworkDown => ReplyCode.NetworkUnreachable,
            SocketError.HostUnreachable or SocketError.HostDown or SocketError.TimedOut => ReplyCode.HostUnreachable,
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery => ReplyCode.HostUnreachable,
            SocketError.AddressFamilyNotSupported => ReplyCode.AddressTypeNotSupported,
            _ => ReplyCode.GeneralFailure,
        };
    }
}
