/* Descriptors come and go: socket, close, dup and what else makes one number mean another file; epoll membership. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include "guard.h"
#include "internal.h"
#include "log.h"
#include "process.h"
#include "real.h"
#include "table.h"

#ifndef IPPROTO_MPTCP
#define IPPROTO_MPTCP 262
#endif

/* Sockets that would put packets on the network past the gateway. */
static bool is_refused(int domain, int type, int protocol)
{
    static const int onto_the_network[] = {AF_PACKET, AF_XDP, AF_SMC, AF_RDS, AF_RXRPC, AF_TIPC, AF_PPPOX, AF_LLC, AF_IB};
    for (size_t i = 0; i < sizeof onto_the_network / sizeof *onto_the_network; i++)
        if (domain == onto_the_network[i])
            return true;
    if (domain != AF_INET && domain != AF_INET6)
        return false;
    if (type == SOCK_STREAM)
        return protocol != 0 && protocol != IPPROTO_TCP && protocol != IPPROTO_MPTCP;
    return type != SOCK_DGRAM || (protocol != 0 && protocol != IPPROTO_UDP);
}

HOOK(int, socket, (int domain, int type, int protocol))
{
    int kind = type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (is_refused(domain, kind, protocol)) {
        log_info("a socket of type %d, protocol %d: SOCKS carries TCP and UDP only", kind, protocol);
        errno = EPERM;
        return -1;
    }
    process_check();
    int fd = REAL(socket)(domain, type, protocol);
    if (fd < 0)
        return fd;
    if (domain != AF_INET && domain != AF_INET6) {
        table_forget(fd);
        return fd;
    }
    if (table_add(fd, domain, kind, kind == SOCK_DGRAM ? STATE_DATAGRAM : STATE_FRESH, NULL))
        return fd;
    REAL(close)(fd);
    errno = ENOBUFS;
    return -1;
}

/* True when the program may not touch it: it does not know that it is there. */
static bool is_internal(int fd)
{
    struct slot *slot = table_peek(fd);
    return slot && slot->state == STATE_INTERNAL && table_is_ours();
}

static void forget(int fd)
{
    if (table_peek(fd) && table_is_ours())
        table_forget(fd);
}

HOOK(int, close, (int fd))
{
    if (is_internal(fd)) {
        errno = EBADF;
        return -1;
    }
    forget(fd);
    return REAL(close)(fd);
}
HOOK_ALIAS(int, __close, close, (int fd))

HOOK(int, fclose, (FILE *stream))
{
    int fd = fileno_unlocked(stream);
    if (fd >= 0)
        forget(fd);
    return REAL(fclose)(stream);
}

struct span {
    unsigned next;
    int flags, result;
};

static void close_between(unsigned first, unsigned last, struct span *span)
{
    if (first <= last && REAL(close_range)(first, last, span->flags) != 0)
        span->result = -1;
}

static void close_up_to(int fd, struct slot *slot, void *context)
{
    struct span *span = context;
    if (slot->state != STATE_INTERNAL) {
        if (!(span->flags & CLOSE_RANGE_CLOEXEC))
            table_forget(fd);
        return;
    }
    if (fd > 0)
        close_between(span->next, (unsigned)fd - 1, span);
    span->next = (unsigned)fd + 1;
}

HOOK(int, close_range, (unsigned first, unsigned last, int flags))
{
    bool senseless = first > last || flags & ~(CLOSE_RANGE_CLOEXEC | CLOSE_RANGE_UNSHARE);
    if (senseless || !table_is_ours())
        return REAL(close_range)(first, last, flags);
    struct span span = {.next = first, .flags = flags};
    table_each(first, last, close_up_to, &span);
    close_between(span.next, last, &span);
    return span.result;
}

HOOK(void, closefrom, (int lowest))
{
    hook_close_range(lowest < 0 ? 0 : (unsigned)lowest, UINT_MAX, 0);
}

/*
 * The program is about to put `fd` at the number `copy`: what is known of that ends before, and no connect comes back to
 * it. False and errno when one of the library's own stands there and cannot move.
 */
static bool make_room(int fd, int copy)
{
    struct slot *slot = fd != copy && REAL(fcntl)(fd, F_GETFD) >= 0 ? table_take(copy) : NULL;
    if (!slot)
        return true;
    bool ours = table_is_ours(), internal = ours && slot->state == STATE_INTERNAL, moves = !internal || slot->home;
    if (internal && moves)
        internal_keep(slot->home, copy);
    if (ours && moves)
        table_forget(copy);
    table_put(slot);
    if (!moves)
        errno = EBUSY;
    return moves;
}

/* `copy` is a new descriptor of what `fd` is. */
static void duplicated(int fd, int copy)
{
    if (copy < 0 || copy == fd)
        return;
    struct slot *slot = table_take(fd);
    if ((slot || table_peek(copy)) && table_is_ours()) {
        if (slot)
            table_duplicate(slot, copy);
        else
            table_forget(copy);
    }
    if (slot)
        table_put(slot);
}

HOOK(int, dup, (int fd))
{
    int copy = REAL(dup)(fd);
    duplicated(fd, copy);
    return copy;
}

HOOK(int, dup2, (int fd, int copy))
{
    if (is_internal(fd)) {
        errno = EBADF;
        return -1;
    }
    if (!make_room(fd, copy))
        return -1;
    int result = REAL(dup2)(fd, copy);
    duplicated(fd, result);
    return result;
}
HOOK_ALIAS(int, __dup2, dup2, (int fd, int copy))

HOOK(int, dup3, (int fd, int copy, int flags))
{
    if (is_internal(fd)) {
        errno = EBADF;
        return -1;
    }
    if (!make_room(fd, copy))
        return -1;
    int result = REAL(dup3)(fd, copy, flags);
    duplicated(fd, result);
    return result;
}

HOOK(int, fcntl, (int fd, int command, ...))
{
    va_list arguments;
    va_start(arguments, command);
    void *argument = va_arg(arguments, void *);
    va_end(arguments);
    int result = REAL(fcntl)(fd, command, argument);
    if (command == F_DUPFD || command == F_DUPFD_CLOEXEC)
        duplicated(fd, result);
    return result;
}
HOOK_ALIAS(int, fcntl64, fcntl, (int fd, int command, ...))
HOOK_ALIAS(int, __fcntl, fcntl, (int fd, int command, ...))

static struct membership *find_membership(struct slot *slot, int epfd, int fd)
{
    for (size_t i = 0; i < slot->membership_count; i++)
        if (slot->memberships[i].epfd == epfd && slot->memberships[i].fd == fd)
            return &slot->memberships[i];
    return NULL;
}

static void remember_membership(struct slot *slot, int epfd, int fd, int operation, const struct epoll_event *event)
{
    struct membership *known = find_membership(slot, epfd, fd);
    if (operation == EPOLL_CTL_DEL) {
        if (known)
            *known = slot->memberships[--slot->membership_count];
        return;
    }
    if (!known && slot->membership_count == slot->membership_room) {
        size_t room = slot->membership_room ? 2 * slot->membership_room : 2;
        struct membership *grown = realloc(slot->memberships, room * sizeof *grown);
        if (!grown)
            return;
        slot->memberships = grown;
        slot->membership_room = room;
    }
    if (!known)
        known = &slot->memberships[slot->membership_count++];
    *known = (struct membership){.epfd = epfd, .fd = fd, .event = *event};
}

HOOK(int, epoll_ctl, (int epfd, int operation, int fd, struct epoll_event *event))
{
    struct slot *slot = table_peek(fd);
    if (!slot || slot->state == STATE_CONNECTED || slot->state == STATE_DIRECT)
        return REAL(epoll_ctl)(epfd, operation, fd, event);
    slot = table_take(fd);
    if (!slot || !table_is_ours()) {
        if (slot)
            table_put(slot);
        return REAL(epoll_ctl)(epfd, operation, fd, event);
    }
    struct guard guard;
    guard_enter(&guard, &slot->lock);
    int result = REAL(epoll_ctl)(epfd, operation, fd, event), error = errno;
    if (result == 0 && slot->state != STATE_CONNECTED)
        remember_membership(slot, epfd, fd, operation, event);
    guard_leave(&guard);
    table_put(slot);
    errno = error;
    return result;
}
