/*
 * syscall(), by which some libraries (libuv among them) make socket calls that the C library of their time lacked.
 * A program that carries system call instructions of its own cannot be reached at all.
 */
#include <errno.h>
#include <stdint.h>
#include <sys/syscall.h>

#include "log.h"
#include "real.h"

#define DECLARE(ret, name, args) extern ret hook_##name args __asm__(#name);
DECLARE(int, socket, (int, int, int))
DECLARE(int, connect, (int, const void *, socklen_t))
DECLARE(int, bind, (int, const void *, socklen_t))
DECLARE(int, listen, (int, int))
DECLARE(int, accept, (int, void *, void *))
DECLARE(int, accept4, (int, void *, void *, int))
DECLARE(ssize_t, sendto, (int, const void *, size_t, int, const void *, socklen_t))
DECLARE(ssize_t, recvfrom, (int, void *, size_t, int, void *, void *))
DECLARE(ssize_t, sendmsg, (int, const void *, int))
DECLARE(ssize_t, recvmsg, (int, void *, int))
DECLARE(int, sendmmsg, (int, void *, unsigned, int))
DECLARE(int, recvmmsg, (int, void *, unsigned, int, void *))
DECLARE(ssize_t, read, (int, void *, size_t))
DECLARE(ssize_t, write, (int, const void *, size_t))
DECLARE(ssize_t, readv, (int, const void *, int))
DECLARE(ssize_t, writev, (int, const void *, int))
DECLARE(int, shutdown, (int, int))
DECLARE(int, getsockname, (int, void *, void *))
DECLARE(int, getpeername, (int, void *, void *))
DECLARE(int, getsockopt, (int, int, int, void *, void *))
DECLARE(int, setsockopt, (int, int, int, const void *, socklen_t))
DECLARE(int, close, (int))
DECLARE(int, close_range, (unsigned, unsigned, int))
DECLARE(int, dup, (int))
DECLARE(int, dup2, (int, int))
DECLARE(int, dup3, (int, int, int))
DECLARE(int, fcntl, (int, int, ...))
DECLARE(int, execve, (const void *, const void *, const void *))
DECLARE(int, epoll_ctl, (int, int, int, void *))

static long no_ring(void)
{
    log_info("io_uring would connect past the gateway; the program is told that there is none");
    errno = ENOSYS;
    return -1;
}

#define POINTER(argument) ((void *)(uintptr_t)(argument))

/* Not variadic, so that what is not replaced goes on as a jump: the child of a raw vfork returns through here too. */
HOOK(long, syscall, (long number, long a, long b, long c, long d, long e, long f))
{
    switch (number) {
    case SYS_socket: return hook_socket((int)a, (int)b, (int)c);
    case SYS_connect: return hook_connect((int)a, POINTER(b), (socklen_t)c);
    case SYS_bind: return hook_bind((int)a, POINTER(b), (socklen_t)c);
    case SYS_listen: return hook_listen((int)a, (int)b);
    case SYS_accept: return hook_accept((int)a, POINTER(b), POINTER(c));
    case SYS_accept4: return hook_accept4((int)a, POINTER(b), POINTER(c), (int)d);
    case SYS_sendto: return hook_sendto((int)a, POINTER(b), (size_t)c, (int)d, POINTER(e), (socklen_t)f);
    case SYS_recvfrom: return hook_recvfrom((int)a, POINTER(b), (size_t)c, (int)d, POINTER(e), POINTER(f));
    case SYS_sendmsg: return hook_sendmsg((int)a, POINTER(b), (int)c);
    case SYS_recvmsg: return hook_recvmsg((int)a, POINTER(b), (int)c);
    case SYS_sendmmsg: return hook_sendmmsg((int)a, POINTER(b), (unsigned)c, (int)d);
    case SYS_recvmmsg: return hook_recvmmsg((int)a, POINTER(b), (unsigned)c, (int)d, POINTER(e));
    case SYS_read: return hook_read((int)a, POINTER(b), (size_t)c);
    case SYS_write: return hook_write((int)a, POINTER(b), (size_t)c);
    case SYS_readv: return hook_readv((int)a, POINTER(b), (int)c);
    case SYS_writev: return hook_writev((int)a, POINTER(b), (int)c);
    case SYS_shutdown: return hook_shutdown((int)a, (int)b);
    case SYS_getsockname: return hook_getsockname((int)a, POINTER(b), POINTER(c));
    case SYS_getpeername: return hook_getpeername((int)a, POINTER(b), POINTER(c));
    case SYS_getsockopt: return hook_getsockopt((int)a, (int)b, (int)c, POINTER(d), POINTER(e));
    case SYS_setsockopt: return hook_setsockopt((int)a, (int)b, (int)c, POINTER(d), (socklen_t)e);
    case SYS_close: return hook_close((int)a);
    case SYS_close_range: return hook_close_range((unsigned)a, (unsigned)b, (int)c);
    case SYS_dup: return hook_dup((int)a);
#ifdef SYS_dup2
    case SYS_dup2: return hook_dup2((int)a, (int)b);
#endif
    case SYS_dup3: return hook_dup3((int)a, (int)b, (int)c);
    case SYS_fcntl: return hook_fcntl((int)a, (int)b, POINTER(c));
    case SYS_execve: return hook_execve(POINTER(a), POINTER(b), POINTER(c));
    case SYS_epoll_ctl: return hook_epoll_ctl((int)a, (int)b, (int)c, POINTER(d));
    case SYS_io_uring_setup: return no_ring();
    default: return REAL(syscall)(number, a, b, c, d, e, f);
    }
}

/* liburing carries its own system calls; what programs ask of it first is an exported function. */
#define NO_RING(name)                                                                                                  \
    HOOK(int, name, (void))                                                                                            \
    {                                                                                                                  \
        return (int)no_ring() * ENOSYS;                                                                                \
    }

NO_RING(io_uring_queue_init)
NO_RING(io_uring_queue_init_params)
NO_RING(io_uring_queue_init_mem)
NO_RING(io_uring_setup)
