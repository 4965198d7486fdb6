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

int datagram_disconnect(struct slot *slot, int fd)
{
    struct sockaddr nowhere = {.sa_family = AF_UNSPEC};
    struct guard guard;
    guard_enter(&guard, &slot->lock);
    stream_forget_peer(slot);
    if (slot->association)
        slot->association->connected = false;
    guard_leave(&guard);
    return REAL(connect)(fd, &nowhere, sizeof nowhere);
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
    struct endpoint relay = association && association->open ? association->relay : settings()->gateway;
    int other = route_adapt(fd, SOCK_DGRAM, &relay);
    struct guard guard;
    guard_enter(&guard, &slot->lock);
    if (other >= 0)
        swap_in(slot, other);
    stream_forget_peer(slot);
    slot->peer = *to;
    slot->name = name;
    /* Gives the socket its source address and port, as connect does; until it is open nothing can come from there. */
    bool connected = REAL(connect)(fd, &relay.any, relay.length) == 0;
    if (association)
        association->connected = connected && association->open;
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

/* Writes the header for a destination, from the one that stands ready if it is the same. Its length; 0 and errno. */
static size_t header_for(struct slot *slot, struct association *association, const struct endpoint *to,
                         unsigned char *header)
{
    struct target target;
    struct name *name;
    size_t length = 0;
    pthread_mutex_lock(&slot->lock);
    if (endpoint_equals(&association->last_to, to)) {
        length = association->header_length;
        memcpy(header, association->header, length);
    }
    pthread_mutex_unlock(&slot->lock);
    if (length > 0 || route_find(to, &target, &name) != ROUTE_RELAY)
        return length;

    length = wire_datagram_header(header, &target);
    struct guard guard;
    guard_enter(&guard, &slot->lock);
    association_note(association, name, &target.address, target.port);
    association->last_to = *to;
    association->header_length = length;
    memcpy(association->header, header, length);
    guard_leave(&guard);
    names_release(name);
    return length;
}

static ssize_t send_with_header(struct slot *slot, int fd, struct association *association, const struct msghdr *message,
                                int flags, unsigned char *header, size_t header_length)
{
    if (message->msg_iovlen >= IOV_MAX || wants_segments(message)) {
        errno = message->msg_iovlen >= IOV_MAX ? EMSGSIZE : EIO;
        return -1;
    }
    struct iovec parts[message->msg_iovlen + 1];
    parts[0] = (struct iovec){.iov_base = header, .iov_len = header_length};
    memcpy(parts + 1, message->msg_iov, message->msg_iovlen * sizeof *parts);

    struct endpoint relay;
    pthread_mutex_lock(&slot->lock);
    bool connected = association->connected;
    relay = association->relay;
    pthread_mutex_unlock(&slot->lock);

    struct msghdr outer = *message;
    outer.msg_iov = parts;
    outer.msg_iovlen = message->msg_iovlen + 1;
    outer.msg_name = connected ? NULL : &relay.any;
    outer.msg_namelen = connected ? 0 : relay.length;
    ssize_t sent = REAL(sendmsg)(fd, &outer, flags);
    return sent < 0 ? sent : sent < (ssize_t)header_length ? 0 : sent - (ssize_t)header_length;
}

ssize_t datagram_send(struct slot *slot, int fd, const struct msghdr *message, int flags)
{
    struct endpoint to = {.length = 0};
    if (message->msg_name && message->msg_namelen) {
        if (!endpoint_from(&to, message->msg_name, message->msg_namelen))
            return REAL(sendmsg)(fd, message, flags);
    } else {
        pthread_mutex_lock(&slot->lock);
        to = slot->peer;
        pthread_mutex_unlock(&slot->lock);
        if (to.length == 0)
            return REAL(sendmsg)(fd, message, flags);
    }
    if (!names_is_fake(&to) && (endpoint_is_any(&to) || settings_direct(&to)))
        return REAL(sendmsg)(fd, message, flags);

    struct association *association = association_of(slot);
    unsigned char header[DATAGRAM_HEADER_LIMIT];
    size_t header_length = association ? header_for(slot, association, &to, header) : 0;
    if (!association)
        errno = ENOBUFS;
    if (header_length == 0 || association_open(slot, fd, association) != 0)
        return -1;
    return send_with_header(slot, fd, association, message, flags, header, header_length);
}
