/* The C library's own functions, under the names that this library replaces. */
#pragma once

#include <netdb.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>

#define ORIGINALS(X)                                                                                                   \
    X(int, socket, (int, int, int))                                                                                    \
    X(int, connect, (int, const struct sockaddr *, socklen_t))                                                         \
    X(int, bind, (int, const struct sockaddr *, socklen_t))                                                            \
    X(int, listen, (int, int))                                                                                         \
    X(int, accept, (int, struct sockaddr *, socklen_t *))                                                              \
    X(int, accept4, (int, struct sockaddr *, socklen_t *, int))                                                        \
    X(ssize_t, send, (int, const void *, size_t, int))                                                                 \
    X(ssize_t, recv, (int, void *, size_t, int))                                                                       \
    X(ssize_t, sendto, (int, const void *, size_t, int, const struct sockaddr *, socklen_t))                           \
    X(ssize_t, recvfrom, (int, void *, size_t, int, struct sockaddr *, socklen_t *))                                   \
    X(ssize_t, sendmsg, (int, const struct msghdr *, int))                                                             \
    X(ssize_t, recvmsg, (int, struct msghdr *, int))                                                                   \
    X(int, sendmmsg, (int, struct mmsghdr *, unsigned, int))                                                           \
    X(int, recvmmsg, (int, struct mmsghdr *, unsigned, int, struct timespec *))                                        \
    X(ssize_t, read, (int, void *, size_t))                                                                            \
    X(ssize_t, write, (int, const void *, size_t))                                                                     \
    X(ssize_t, readv, (int, const struct iovec *, int))                                                                \
    X(ssize_t, writev, (int, const struct iovec *, int))                                                               \
    X(int, close, (int))                                                                                               \
    X(int, close_range, (unsigned, unsigned, int))                                                                     \
    X(int, fclose, (FILE *))                                                                                           \
    X(int, dup, (int))                                                                                                 \
    X(int, dup2, (int, int))                                                                                           \
    X(int, dup3, (int, int, int))                                                                                      \
    X(int, fcntl, (int, int, ...))                                                                                     \
    X(int, epoll_ctl, (int, int, int, struct epoll_event *))                                                           \
    X(int, shutdown, (int, int))                                                                                       \
    X(int, getsockname, (int, struct sockaddr *, socklen_t *))                                                         \
    X(int, getpeername, (int, struct sockaddr *, socklen_t *))                                                         \
    X(int, getsockopt, (int, int, int, void *, socklen_t *))                                                           \
    X(int, setsockopt, (int, int, int, const void *, socklen_t))                                                       \
    X(int, execve, (const char *, char *const[], char *const[]))                                                       \
    X(int, execvpe, (const char *, char *const[], char *const[]))                                                      \
    X(int, fexecve, (int, char *const[], char *const[]))                                                               \
    X(int, posix_spawn,                                                                                                \
      (pid_t *, const char *, const posix_spawn_file_actions_t *, const posix_spawnattr_t *, char *const[],            \
       char *const[]))                                                                                                 \
    X(int, posix_spawnp,                                                                                               \
      (pid_t *, const char *, const posix_spawn_file_actions_t *, const posix_spawnattr_t *, char *const[],            \
       char *const[]))                                                                                                 \
    X(int, system, (const char *))                                                                                     \
    X(FILE *, popen, (const char *, const char *))                                                                     \
    X(long, syscall, (long, long, long, long, long, long, long))                                                       \
    X(int, getaddrinfo, (const char *, const char *, const struct addrinfo *, struct addrinfo **))                     \
    X(int, getnameinfo, (const struct sockaddr *, socklen_t, char *, socklen_t, char *, socklen_t, int))

struct originals {
#define X(ret, name, args) ret (*name) args;
    ORIGINALS(X)
#undef X
};

extern struct originals originals;
extern _Atomic(int) originals_loaded;

/* Finds the originals; safe to call more than once and from several threads. */
__attribute__((cold, noinline)) void originals_load(void);

/* An original by name, found at first need: other libraries' constructors run before ours. */
#define REAL(name)                                                                                                     \
    (__builtin_expect(atomic_load_explicit(&originals_loaded, memory_order_acquire), 1)                                \
         ? originals.name                                                                                              \
         : (originals_load(), originals.name))

/*
 * HOOK(ret, name, args) opens the definition that takes the place of `name` in the program. The C name differs, so
 * that the system headers' declarations (transparent unions, fortified inlines) stay out of the way.
 */
#define HOOK(ret, name, args)                                                                                          \
    __attribute__((visibility("default"))) ret hook_##name args __asm__(#name);                                        \
    ret hook_##name args

/* A second exported name, such as __connect, of a hook in the same file. */
#define HOOK_ALIAS(ret, alias_name, name, args)                                                                        \
    __attribute__((visibility("default"), alias(#name))) ret alias_##alias_name args __asm__(#alias_name);

#include <stdatomic.h>
