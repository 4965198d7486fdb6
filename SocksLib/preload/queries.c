/* What a program asks about its sockets: names of both ends, options; and shutdown. */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <stddef.h>
#include <string.h>

#include "config.h"
#include "guard.h"
#include "listen.h"
#include "log.h"
#include "pending.h"
#include "real.h"
#include "route.h"
#include "table.h"

/* The socket's own name in the program's family, though it may be of another one underneath. */
static int own_name(struct slot *slot, int fd, struct endpoint *own)
{
    memset(own, 0, sizeof *own);
    own->length = sizeof own->v6;
    if (REAL(getsockname)(fd, &own->any, &own->length) != 0)
        return -1;
    if (own->any.sa_family == AF_INET6 && slot->family == AF_INET6)
        return 0;
    route_present_own(slot->family, own);
    return 0;
}

HOOK(int, getsockname, (int fd, struct sockaddr *address, socklen_t *length))
{
    struct slot *slot = table_take(fd);
    if (!slot || slot->state == STATE_DIRECT || slot->state == STATE_INTERNAL) {
        if (slot)
            table_put(slot);
        return REAL(getsockname)(fd, address, length);
    }
    if (slot->state == STATE_FRESH && slot->bind_wanted)
        listen_open(slot, fd);
    struct endpoint own;
    struct guard guard;
    guard_enter(&guard, &slot->lock);
    int result = 0;
    if (slot->bound.length)
        own = slot->bound;
    else
        result = own_name(slot, slot->state == STATE_PENDING ? pending_socket(slot) : fd, &own);
    int error = errno;
    guard_leave(&guard);
    table_put(slot);
    errno = error;
    if (result == 0)
        endpoint_store(&own, address, length);
    return result;
}

HOOK(int, getpeername, (int fd, struct sockaddr *address, socklen_t *length))
{
    struct slot *slot = table_take(fd);
    if (!slot || slot->state == STATE_DIRECT || slot->state == STATE_INTERNAL) {
        if (slot)
            table_put(slot);
        return REAL(getpeername)(fd, address, length);
    }
    struct endpoint peer;
    struct guard guard;
    guard_enter(&guard, &slot->lock);
    peer = slot->peer;
    bool connected = slot->state == STATE_CONNECTED || (slot->state == STATE_DATAGRAM && peer.length);
    guard_leave(&guard);
    bool ask = !connected && slot->state == STATE_DATAGRAM;
    table_put(slot);
    if (ask)
        return REAL(getpeername)(fd, address, length);
    if (!connected) {
        errno = ENOTCONN;
        return -1;
    }
    endpoint_store(&peer, address, length);
    return 0;
}

static int store_number(int number, void *value, socklen_t *length)
{
    if (*length < sizeof number) {
        errno = EINVAL;
        return -1;
    }
    memcpy(value, &number, sizeof number);
    *length = sizeof number;
    return 0;
}

/* Segments are cut and joined by the kernel, which knows nothing of the header that each datagram needs. */
static bool is_segmentation(const struct slot *slot, int level, int option)
{
    if (slot->state != STATE_DATAGRAM)
        return false;
    /* Nor can the kernel send a header later from where it no longer stands. */
    return (level == IPPROTO_UDP && (option == UDP_SEGMENT || option == UDP_GRO)) ||
           (level == SOL_SOCKET && option == SO_ZEROCOPY);
}

HOOK(int, getsockopt, (int fd, int level, int option, void *value, socklen_t *length))
{
    struct slot *slot = table_take(fd);
    if (!slot)
        return REAL(getsockopt)(fd, level, option, value, length);
    struct guard guard;
    guard_enter(&guard, &slot->lock);
    int result;
    if (level == SOL_SOCKET && option == SO_ERROR && (slot->state == STATE_PENDING || slot->error)) {
        result = store_number(slot->state == STATE_PENDING ? 0 : slot->error, value, length);
        if (slot->state != STATE_PENDING)
            slot->error = 0;
    } else if (level == SOL_SOCKET && option == SO_DOMAIN && slot->state != STATE_INTERNAL) {
        result = store_number(slot->family, value, length);
    } else if (level == SOL_SOCKET && option == SO_ACCEPTCONN && slot->state == STATE_LISTENING) {
        result = store_number(1, value, length);
    } else if (is_segmentation(slot, level, option)) {
        result = -1;
        errno = ENOPROTOOPT;
    } else {
        result = REAL(getsockopt)(slot->state == STATE_PENDING ? pending_socket(slot) : fd, level, option, value, length);
    }
    int error = errno;
    guard_leave(&guard);
    table_put(slot);
    errno = error;
    return result;
}

/* The group that a datagram socket asks to hear; false when it asks for nothing of the kind. */
static bool joins_group(int level, int option, const void *value, socklen_t length, struct endpoint *group)
{
    if (!value || (level != IPPROTO_IP && level != IPPROTO_IPV6))
        return false;
    if (option == MCAST_JOIN_GROUP || option == MCAST_JOIN_SOURCE_GROUP) {
        size_t skip = offsetof(struct group_req, gr_group);
        return length > skip && endpoint_from(group, (const struct sockaddr *)((const char *)value + skip), length - (socklen_t)skip);
    }
    int family = level == IPPROTO_IP ? AF_INET : AF_INET6;
    bool joins = family == AF_INET ? option == IP_ADD_MEMBERSHIP || option == IP_ADD_SOURCE_MEMBERSHIP
                                   : option == IPV6_ADD_MEMBERSHIP || option == IPV6_JOIN_ANYCAST;
    /* All these begin with the group's address. */
    if (joins && length >= (family == AF_INET ? sizeof(struct in_addr) : sizeof(struct in6_addr)))
        endpoint_set(group, family, value, 0);
    return joins && group->length;
}

HOOK(int, setsockopt, (int fd, int level, int option, const void *value, socklen_t length))
{
    struct slot *slot = table_take(fd);
    if (!slot)
        return REAL(setsockopt)(fd, level, option, value, length);
    struct endpoint group = {.length = 0};
    /* The kernel would tell the network by IGMP or MLD. */
    if (slot->state != STATE_INTERNAL && joins_group(level, option, value, length, &group) && !settings_direct(&group)) {
        table_put(slot);
        log_info("joining a multicast group, which SOCKS does not carry");
        errno = ENODEV;
        return -1;
    }
    struct guard guard;
    guard_enter(&guard, &slot->lock);
    int result = -1, error = ENOPROTOOPT;
    if (!is_segmentation(slot, level, option)) {
        result = REAL(setsockopt)(slot->state == STATE_PENDING ? pending_socket(slot) : fd, level, option, value, length);
        error = errno;
        /* The program may set IPv6 options on what is IPv4 underneath, or the other way round. */
        int foreign = slot->family == AF_INET6 ? IPPROTO_IPV6 : IPPROTO_IP;
        if (result != 0 && level == foreign && (error == ENOPROTOOPT || error == EOPNOTSUPP))
            result = 0;
    }
    guard_leave(&guard);
    table_put(slot);
    errno = error;
    return result;
}

HOOK(int, shutdown, (int fd, int how))
{
    struct slot *slot = table_take(fd);
    if (!slot)
        return REAL(shutdown)(fd, how);
    struct guard guard;
    guard_enter(&guard, &slot->lock);
    int result = -1, error = ENOTCONN;
    if (slot->state != STATE_PENDING) {
        result = REAL(shutdown)(fd, how);
        error = errno;
    }
    guard_leave(&guard);
    table_put(slot);
    errno = error;
    return result;
}
