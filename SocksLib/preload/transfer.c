/*
 * The calls that carry data. For TCP, files and everything else they are a few loads and a jump to the C library;
 * UDP sockets go on to datagram.c. None of them takes a lock on the way to TCP.
 */
#include <errno.h>
#include <string.h>
#include <sys/uio.h>
#include <time.h>

#include "datagram.h"
#include "pending.h"
#include "real.h"
#include "table.h"

/* A connect that goes on without its caller keeps a blocking call waiting, as the system's would. */
static void await_connect(int fd, int flags)
{
    HELD struct slot *slot = table_take(fd);
    if (slot && slot->state == STATE_PENDING && !(flags & MSG_DONTWAIT))
        pending_await(slot, fd, false);
}

/* Whether data goes straight to the descriptor. */
static inline bool is_plain(int fd)
{
    struct slot *slot = table_peek(fd);
    return __builtin_expect(!slot || atomic_load_explicit(&slot->state, memory_order_relaxed) < STATE_PENDING, 1);
}

/* The held slot of a UDP socket; NULL for everything else. */
static struct slot *take_datagram(int fd, int flags)
{
    if (is_plain(fd))
        return NULL;
    struct slot *slot = table_peek(fd);
    if (slot && slot->state == STATE_PENDING)
        await_connect(fd, flags);
    slot = table_take(fd);
    if (slot && slot->state != STATE_DATAGRAM) {
        table_put(slot);
        return NULL;
    }
    return slot;
}

static ssize_t send_and_put(struct slot *taken, int fd, const struct iovec *parts, size_t count, int flags,
                            const struct sockaddr *to, socklen_t length)
{
    struct msghdr message = {
        .msg_name = (void *)to, .msg_namelen = length, .msg_iov = (struct iovec *)parts, .msg_iovlen = count};
    HELD struct slot *slot = taken;
    return datagram_send(slot, fd, &message, flags);
}

static ssize_t receive_and_put(struct slot *taken, int fd, const struct iovec *parts, size_t count, int flags,
                               struct sockaddr *from, socklen_t *length)
{
    struct msghdr message = {.msg_name = length ? from : NULL,
                             .msg_namelen = length ? *length : 0,
                             .msg_iov = (struct iovec *)parts,
                             .msg_iovlen = count};
    HELD struct slot *slot = taken;
    ssize_t result = datagram_receive(slot, fd, &message, flags);
    if (result >= 0 && message.msg_name)
        *length = message.msg_namelen;
    return result;
}

/* Data with the SYN (TCP Fast Open) would go to the destination past the gateway; the program falls back to connect. */
static bool opens_stream(int fd, const struct sockaddr *to, int flags)
{
    if (!(flags & MSG_FASTOPEN) || !to)
        return false;
    struct slot *slot = table_peek(fd);
    if (to->sa_family != AF_INET && to->sa_family != AF_INET6)
        return false;
    return !slot || slot->type == SOCK_STREAM;
}

/* A UDP socket that was not made by socket() shows itself by sending to an address. */
static struct slot *take_sender(int fd, const struct sockaddr *to, int flags)
{
    struct slot *slot = take_datagram(fd, flags);
    if (slot || !to || table_peek(fd) || (to->sa_family != AF_INET && to->sa_family != AF_INET6))
        return slot;
    slot = table_adopt(fd);
    if (slot && slot->state != STATE_DATAGRAM) {
        table_put(slot);
        slot = NULL;
    }
    return slot;
}

static struct iovec single(const void *bytes, size_t length)
{
    return (struct iovec){.iov_base = (void *)bytes, .iov_len = length};
}

static __attribute__((noinline)) ssize_t send_elsewhere(int fd, const void *bytes, size_t length, int flags)
{
    struct slot *slot = take_datagram(fd, flags);
    struct iovec part = single(bytes, length);
    return slot ? send_and_put(slot, fd, &part, 1, flags, NULL, 0) : REAL(send)(fd, bytes, length, flags);
}

HOOK(ssize_t, send, (int fd, const void *bytes, size_t length, int flags))
{
    return is_plain(fd) ? REAL(send)(fd, bytes, length, flags) : send_elsewhere(fd, bytes, length, flags);
}
HOOK_ALIAS(ssize_t, __send, send, (int fd, const void *bytes, size_t length, int flags))

static __attribute__((noinline)) ssize_t recv_elsewhere(int fd, void *bytes, size_t length, int flags)
{
    struct slot *slot = take_datagram(fd, flags);
    struct iovec part = single(bytes, length);
    return slot ? receive_and_put(slot, fd, &part, 1, flags, NULL, NULL) : REAL(recv)(fd, bytes, length, flags);
}

HOOK(ssize_t, recv, (int fd, void *bytes, size_t length, int flags))
{
    return is_plain(fd) ? REAL(recv)(fd, bytes, length, flags) : recv_elsewhere(fd, bytes, length, flags);
}

static __attribute__((noinline)) ssize_t write_elsewhere(int fd, const void *bytes, size_t length)
{
    struct slot *slot = take_datagram(fd, 0);
    struct iovec part = single(bytes, length);
    return slot ? send_and_put(slot, fd, &part, 1, 0, NULL, 0) : REAL(write)(fd, bytes, length);
}

HOOK(ssize_t, write, (int fd, const void *bytes, size_t length))
{
    return is_plain(fd) ? REAL(write)(fd, bytes, length) : write_elsewhere(fd, bytes, length);
}
HOOK_ALIAS(ssize_t, __write, write, (int fd, const void *bytes, size_t length))

static __attribute__((noinline)) ssize_t read_elsewhere(int fd, void *bytes, size_t length)
{
    struct slot *slot = take_datagram(fd, 0);
    struct iovec part = single(bytes, length);
    return slot ? receive_and_put(slot, fd, &part, 1, 0, NULL, NULL) : REAL(read)(fd, bytes, length);
}

HOOK(ssize_t, read, (int fd, void *bytes, size_t length))
{
    return is_plain(fd) ? REAL(read)(fd, bytes, length) : read_elsewhere(fd, bytes, length);
}
HOOK_ALIAS(ssize_t, __read, read, (int fd, void *bytes, size_t length))

HOOK(ssize_t, writev, (int fd, const struct iovec *parts, int count))
{
    struct slot *slot = count >= 0 ? take_datagram(fd, 0) : NULL;
    return slot ? send_and_put(slot, fd, parts, (size_t)count, 0, NULL, 0) : REAL(writev)(fd, parts, count);
}

HOOK(ssize_t, readv, (int fd, const struct iovec *parts, int count))
{
    struct slot *slot = count >= 0 ? take_datagram(fd, 0) : NULL;
    return slot ? receive_and_put(slot, fd, parts, (size_t)count, 0, NULL, NULL) : REAL(readv)(fd, parts, count);
}

HOOK(ssize_t, sendto, (int fd, const void *bytes, size_t length, int flags, const struct sockaddr *to, socklen_t size))
{
    struct slot *slot = take_sender(fd, to, flags);
    struct iovec part = single(bytes, length);
    if (slot)
        return send_and_put(slot, fd, &part, 1, flags, to, size);
    if (opens_stream(fd, to, flags)) {
        errno = EOPNOTSUPP;
        return -1;
    }
    return REAL(sendto)(fd, bytes, length, flags, to, size);
}

HOOK(ssize_t, recvfrom, (int fd, void *bytes, size_t length, int flags, struct sockaddr *from, socklen_t *size))
{
    struct slot *slot = take_datagram(fd, flags);
    struct iovec part = single(bytes, length);
    return slot ? receive_and_put(slot, fd, &part, 1, flags, from, size)
                : REAL(recvfrom)(fd, bytes, length, flags, from, size);
}

HOOK(ssize_t, sendmsg, (int fd, const struct msghdr *message, int flags))
{
    HELD struct slot *slot = message ? take_sender(fd, message->msg_name, flags) : NULL;
    if (!slot && message && opens_stream(fd, message->msg_name, flags)) {
        errno = EOPNOTSUPP;
        return -1;
    }
    return slot ? datagram_send(slot, fd, message, flags) : REAL(sendmsg)(fd, message, flags);
}

HOOK(ssize_t, recvmsg, (int fd, struct msghdr *message, int flags))
{
    HELD struct slot *slot = message ? take_datagram(fd, flags) : NULL;
    return slot ? datagram_receive(slot, fd, message, flags) : REAL(recvmsg)(fd, message, flags);
}

HOOK(int, sendmmsg, (int fd, struct mmsghdr *messages, unsigned count, int flags))
{
    HELD struct slot *slot = count ? take_sender(fd, messages[0].msg_hdr.msg_name, flags) : NULL;
    if (!slot)
        return REAL(sendmmsg)(fd, messages, count, flags);
    unsigned done = 0;
    ssize_t sent = 0;
    for (; done < count && sent >= 0; done += sent >= 0) {
        sent = datagram_send(slot, fd, &messages[done].msg_hdr, flags);
        if (sent >= 0)
            messages[done].msg_len = (unsigned)sent;
    }
    return done > 0 ? (int)done : -1;
}

static bool is_past(const struct timespec *deadline)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec > deadline->tv_sec || (now.tv_sec == deadline->tv_sec && now.tv_nsec >= deadline->tv_nsec);
}

HOOK(int, recvmmsg, (int fd, struct mmsghdr *messages, unsigned count, int flags, struct timespec *timeout))
{
    HELD struct slot *slot = count ? take_datagram(fd, flags) : NULL;
    if (!slot)
        return REAL(recvmmsg)(fd, messages, count, flags, timeout);
    struct timespec deadline = {0};
    if (timeout) {
        clock_gettime(CLOCK_MONOTONIC, &deadline);
        deadline.tv_nsec += timeout->tv_nsec;
        deadline.tv_sec += timeout->tv_sec + deadline.tv_nsec / 1000000000;
        deadline.tv_nsec %= 1000000000;
    }
    int plain = flags & ~MSG_WAITFORONE;
    unsigned done = 0;
    while (done < count) {
        ssize_t got = datagram_receive(slot, fd, &messages[done].msg_hdr, plain);
        if (got < 0)
            break;
        messages[done++].msg_len = (unsigned)got;
        if (flags & MSG_WAITFORONE)
            plain |= MSG_DONTWAIT;
        /* As in the kernel, the limit is looked at after each datagram only. */
        if (timeout && is_past(&deadline))
            break;
    }
    return done > 0 ? (int)done : -1;
}

extern void __chk_fail(void) __attribute__((noreturn));

HOOK(ssize_t, __read_chk, (int fd, void *bytes, size_t length, size_t room))
{
    if (length > room)
        __chk_fail();
    return hook_read(fd, bytes, length);
}

HOOK(ssize_t, __recv_chk, (int fd, void *bytes, size_t length, size_t room, int flags))
{
    if (length > room)
        __chk_fail();
    return hook_recv(fd, bytes, length, flags);
}

HOOK(ssize_t, __recvfrom_chk,
     (int fd, void *bytes, size_t length, size_t room, int flags, struct sockaddr *from, socklen_t *size))
{
    if (length > room)
        __chk_fail();
    return hook_recvfrom(fd, bytes, length, flags, from, size);
}
