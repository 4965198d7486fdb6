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
DECLARE(int, accept4, (int, void *, void *, int))
DECLARE(ssize_t, sendto, (int, const void *, size_t, int, const void *, socklen_t))
DECLARE(ssize_t, recvfrom, (int, void *, size_t, int, void *, void *))
DECLARE(ssize_t, sendmsg, (int, const void *, int))
DECLARE(ssize_t, recvmsg, (int, void *, int))
DECLARE(int, sendmmsg, (int, void *, unsigned, int))
DECLARE(int, recvmmsg, (int, void *, unsigned, int, void *))
DECLARE(int, close, (int))
DECLARE(int, close_range, (unsigned, unsigned, int))
DECLARE(int, dup, (int))
DECLARE(int, dup3, (int, int, int))
DECLARE(int, epoll_ctl, (int, int, int, void *))

static long no_ring(void)
{
    log_debug("io_uring would connect past the gateway; the program is told that there is none");
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
    case SYS_accept4: return hook_accept4((int)a, POINTER(b), POINTER(c), (int)d);
    case SYS_sendto: return hook_sendto((int)a, POINTER(b), (size_t)c, (int)d, POINTER(e), (socklen_t)f);
    case SYS_recvfrom: return hook_recvfrom((int)a, POINTER(b), (size_t)c, (int)d, POINTER(e), POINTER(f));
    case SYS_sendmsg: return hook_sendmsg((int)a, POINTER(b), (int)c);
    case SYS_recvmsg: return hook_recvmsg((int)a, POINTER(b), (int)c);
    case SYS_sendmmsg: return hook_sendmmsg((int)a, POINTER(b), (unsigned)c, (int)d);
    case SYS_recvmmsg: return hook_recvmmsg((int)a, POINTER(b), (unsigned)c, (int)d, POINTER(e));
    case SYS_close: return hook_close((int)a);
    case SYS_close_range: return hook_close_range((unsigned)a, (unsigned)b, (int)c);
    case SYS_dup: return hook_dup((int)a);
    case SYS_dup3: return hook_dup3((int)a, (int)b, (int)c);
    case SYS_epoll_ctl: return hook_epoll_ctl((int)a, (int)b, (int)c, POINTER(d));
    case SYS_io_uring_setup: return no_ring();
    default: return REAL(syscall)(number, a, b, c, d, e, f);
    }
}
