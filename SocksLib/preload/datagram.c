#include "datagram.h"

#include <errno.h>
#include <limits.h>
#include <netinet/udp.h>
#include <string.h>
#include <sys/uio.h>

#include "association.h"
#include "config.h"
#include "guard.h"
#include "real.h"
#include "route.h"
#include "stream.h"
#include "swap.h"

/* With the slot's lock held. */
static void note_peer(struct slot *slot, bool connected)
{
    struct association *association = slot->association;
    if (!association)
        return;
    struct flow *flow = association_change(association);
    flow->peer = slot->peer;
    flow->connected = connected && flow->open;
    flow->in.length = 0;
    association_changed(association);
}

static unsigned port_of(int fd)
{
    struct endpoint own = {.length = sizeof own.v6};
    return REAL(getsockname)(fd, &own.any, &own.length) == 0 ? endpoint_port(&own) : 0;
}

/* A port that the kernel chose goes with the connection, and the gateway takes datagrams from that one only. */
int datagram_disconnect(struct slot *slot, int fd)
{
    struct sockaddr nowhere = {.sa_family = AF_UNSPEC};
    struct guard guard;
    guard_enter(&guard, &slot->lock);
    stream_forget_peer(slot);
    note_peer(slot, false);
    unsigned port = port_of(fd);
    int result = REAL(connect)(fd, &nowhere, sizeof nowhere), error = errno;
    bool moved = port_of(fd) != port;
    guard_leave(&guard);
    if (moved && slot->association)
        association_end(slot->association);
    errno = error;
    return result;
}

int datagram_connect(struct slot *slot, int fd, const struct endpoint *to)
{
    struct target target;
    struct name *name;
    enum route route = route_find(to, &target, &name);
    if (route == ROUTE_REFUSED)
        return -1;
    if (route == ROUTE_DIRECT) {
        datagram_disconnect(slot, fd);
        return REAL(connect)(fd, &to->any, to->length);
    }
    struct association *association = slot->association;
    struct flow flow = {.open = false};
    if (association)
        association_look(association, &flow);
    struct endpoint relay = flow.open ? flow.relay : settings()->gateway;
    int other = route_adapt(fd, SOCK_DGRAM, &relay);
    struct guard guard;
    guard_enter(&guard, &slot->lock);
    if (other >= 0)
        swap_in(slot, other);
    stream_forget_peer(slot);
    slot->peer = *to;
    slot->name = name;
    /* Gives the socket its source address and port, as connect does; until it is open nothing can come from there. */
    note_peer(slot, REAL(connect)(fd, &relay.any, relay.length) == 0);
    guard_leave(&guard);
    return 0;
}

static bool wants_segments(const struct msghdr *message)
{
    if (message->msg_controllen == 0)
        return false;
    for (struct cmsghdr *control = CMSG_FIRSTHDR(message); control; control = CMSG_NXTHDR((struct msghdr *)message, control))
        if (control->cmsg_level == IPPROTO_UDP && control->cmsg_type == UDP_SEGMENT)
            return true;
    return false;
}

static void release(struct name **name)
{
    names_release(*name);
}

/*
 * Opens the association, writes the header for a destination and lets it stand ready. False and errno when there is no
 * way there.
 */
static bool make_ready(struct slot *slot, int fd, struct association *association, const struct endpoint *to,
                       struct ready *ready)
{
    struct target target;
    __attribute__((cleanup(release))) struct name *name = NULL;
    if (route_find(to, &target, &name) != ROUTE_RELAY || association_open(slot, fd, association) != 0)
        return false;
    ready->length = wire_datagram_header(ready->header, &target);
    ready->address = *to;
    struct guard guard;
    guard_enter(&guard, &slot->lock);
    association_note(association, name, &target.address, target.port);
    association_change(association)->out = *ready;
    association_changed(association);
    guard_leave(&guard);
    return true;
}

static ssize_t send_with_header(int fd, const struct flow *flow, const struct msghdr *message, int flags)
{
    if (message->msg_iovlen >= IOV_MAX || wants_segments(message)) {
        errno = message->msg_iovlen >= IOV_MAX ? EMSGSIZE : EIO;
        return -1;
    }
    struct iovec parts[message->msg_iovlen + 1];
    parts[0] = (struct iovec){.iov_base = (void *)flow->out.header, .iov_len = flow->out.length};
    memcpy(parts + 1, message->msg_iov, message->msg_iovlen * sizeof *parts);

    struct msghdr outer = *message;
    outer.msg_iov = parts;
    outer.msg_iovlen = message->msg_iovlen + 1;
    outer.msg_name = flow->connected ? NULL : (void *)&flow->relay.any;
    outer.msg_namelen = flow->connected ? 0 : flow->relay.length;
    ssize_t sent = REAL(sendmsg)(fd, &outer, flags);
    ssize_t header = (ssize_t)flow->out.length;
    return sent < 0 ? sent : sent < header ? 0 : sent - header;
}

/* Whom the program sends to; false: nobody, or no address that could be relayed. */
static bool destination(struct slot *slot, const struct msghdr *message, const struct flow *flow, struct endpoint *to)
{
    if (message->msg_name && message->msg_namelen)
        return endpoint_from(to, message->msg_name, message->msg_namelen);
    *to = flow->peer;
    if (!slot->association) {
        struct guard guard;
        guard_enter(&guard, &slot->lock);
        *to = slot->peer;
        guard_leave(&guard);
    }
    return to->length != 0;
}

ssize_t datagram_send(struct slot *slot, int fd, const struct msghdr *message, int flags)
{
    struct endpoint to;
    struct flow flow = {.open = false};
    struct association *association = slot->association;
    if (association)
        association_look(association, &flow);
    if (!destination(slot, message, &flow, &to))
        return REAL(sendmsg)(fd, message, flags);
    if (!route_takes(slot, &to)) {
        errno = EAFNOSUPPORT;
        return -1;
    }
    if (!names_is_fake(&to) && (endpoint_is_any(&to) || settings_direct(&to)))
        return REAL(sendmsg)(fd, message, flags);

    if (!association && !(association = association_of(slot))) {
        errno = ENOBUFS;
        return -1;
    }
    bool stands_ready = flow.open && flow.out.length && endpoint_equals(&flow.out.address, &to);
    if (stands_ready && association_was_alive_lately(association))
        return send_with_header(fd, &flow, message, flags);
    struct ready ready;
    if (!make_ready(slot, fd, association, &to, &ready))
        return -1;
    association_look(association, &flow);
    flow.out = ready;
    return send_with_header(fd, &flow, message, flags);
}
