namespace Gateway.Transport.Linux;

/// <summary>Constants of the Linux system calls that <see cref="Libc"/> names.</summary>
internal static class Sys
{
    public const uint EPOLLIN = 0x1, EPOLLOUT = 0x4, EPOLLERR = 0x8, EPOLLHUP = 0x10, EPOLLRDHUP = 0x2000, EPOLLET = 1u << 31;
    public const int EPOLL_CTL_ADD = 1, EPOLL_CTL_DEL = 2, EPOLL_CTL_MOD = 3, EPOLL_CLOEXEC = 0x80000;
    public const int EFD_NONBLOCK = 0x800, EFD_CLOEXEC = 0x80000;

    public const int AF_UNSPEC = 0, AF_INET = 2, AF_INET6 = 10;
    public const int SOCK_STREAM = 1, SOCK_DGRAM = 2, SOCK_NONBLOCK = 0x800, SOCK_CLOEXEC = 0x80000;
    public const int SOL_SOCKET = 1, IPPROTO_IP = 0, IPPROTO_TCP = 6, IPPROTO_UDP = 17, IPPROTO_IPV6 = 41;
    public const int SO_REUSEADDR = 2, SO_ERROR = 4, SO_SNDBUF = 7, SO_RCVBUF = 8, SO_KEEPALIVE = 9, SO_LINGER = 13, SO_REUSEPORT = 15,
        SO_PEERCRED = 17, SO_SNDBUFFORCE = 32, SO_RCVBUFFORCE = 33, SO_MEMINFO = 55;
    public const int SCM_RIGHTS = 1;
    public const int SK_MEMINFO_DROPS = 8, SK_MEMINFO_VARS = 9;
    public const int TCP_NODELAY = 1, TCP_KEEPIDLE = 4, TCP_KEEPINTVL = 5, TCP_KEEPCNT = 6;
    public const int IPV6_V6ONLY = 26, IP_BIND_ADDRESS_NO_PORT = 24, IP_FREEBIND = 15;
    public const int UDP_SEGMENT = 103, UDP_GRO = 104;
    public const int MSG_DONTWAIT = 0x40, MSG_NOSIGNAL = 0x4000, MSG_TRUNC = 0x20, MSG_CTRUNC = 0x8, MSG_CMSG_CLOEXEC = 0x40000000;
    public const int SHUT_RD = 0, SHUT_WR = 1, SHUT_RDWR = 2;
    public const uint SPLICE_F_MOVE = 1, SPLICE_F_NONBLOCK = 2;
    public const int F_DUPFD_CLOEXEC = 1030, F_GETFL = 3, F_SETFL = 4, F_SETPIPE_SZ = 1031, F_GETPIPE_SZ = 1032, O_NONBLOCK = 0x800, O_CLOEXEC = 0x80000;

    public const int RLIMIT_NOFILE = 7;

    public const int EAI_AGAIN = -3, EAI_FAIL = -4, EAI_NODATA = -5, EAI_NONAME = -2, EAI_MEMORY = -10, EAI_SYSTEM = -11;
    public const int NI_NAMEREQD = 8, NI_MAXHOST = 1025;
}
