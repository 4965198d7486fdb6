/* Datagrams from the relay: the header off, the sender put in its place, what is not meant for the program dropped. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>

#include "association.h"
#include "config.h"
#include "datagram.h"
#include "guard.h"
#include "real.h"

/*
 * A datagram is received in three parts: as many octets as the last header had, the program's own buffers, and room
 * for a header that is longer than expected. When the guess is right, which is the rule, no payload octet is copied.
 */
struct arrival {
    unsigned char head[DATAGRAM_HEADER_LIMIT], spill[DATAGRAM_HEADER_LIMIT];
    size_t expected;
    size_t capacity; /* of the program's buffers */
    size_t length;   /* of the datagram, even where it was cut */
    size_t stored;   /* how much of it is here */
    struct endpoint from;
};

static size_t total(const struct iovec *parts, size_t count)
{
    size_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += parts[i].iov_len;
    return sum;
}

/* Copies up to `length` octets from the start of the parts. */
static size_t gather(unsigned char *to, size_t length, const struct iovec *parts, size_t count)
{
    size_t done = 0;
    for (size_t i = 0; i < count && done < length; i++) {
        size_t step = parts[i].iov_len < length - done ? parts[i].iov_len : length - done;
        if (step > 0)
            memcpy(to + done, parts[i].iov_base, step);
        done += step;
    }
    return done;
}

static size_t scatter(const struct iovec *parts, size_t count, const unsigned char *from, size_t length)
{
    size_t done = 0;
    for (size_t i = 0; i < count && done < length; i++) {
        size_t step = parts[i].iov_len < length - done ? parts[i].iov_len : length - done;
        memcpy(parts[i].iov_base, from + done, step);
        done += step;
    }
    return done;
}

static ssize_t receive_parts(int fd, struct msghdr *message, int flags, struct arrival *arrival, struct iovec *parts)
{
    size_t count = message->msg_iovlen;
    parts[0] = (struct iovec){.iov_base = arrival->head, .iov_len = arrival->expected};
    memcpy(parts + 1, message->msg_iov, count * sizeof *parts);
    parts[count + 1] = (struct iovec){.iov_base = arrival->spill, .iov_len = sizeof arrival->spill};
    arrival->capacity = total(message->msg_iov, count);

    struct msghdr inner = *message;
    inner.msg_iov = parts;
    inner.msg_iovlen = count + 2;
    inner.msg_name = &arrival->from.any;
    inner.msg_namelen = sizeof arrival->from.v6;
    ssize_t received = REAL(recvmsg)(fd, &inner, flags | MSG_TRUNC);
    if (received < 0)
        return received;
    arrival->from.length = inner.msg_namelen;
    arrival->length = (size_t)received;
    size_t room = total(parts, count + 2);
    arrival->stored = arrival->length < room ? arrival->length : room;
    message->msg_controllen = inner.msg_controllen;
    message->msg_flags = inner.msg_flags & ~MSG_TRUNC;
    return received;
}

/* Puts what follows the first `skip` octets into the program's buffers, and tells how much that is. */
static ssize_t deliver(struct msghdr *message, int flags, struct arrival *arrival, struct iovec *parts, size_t skip)
{
    size_t payload = arrival->length - skip;
    size_t here = arrival->stored - skip;
    size_t delivered = here < arrival->capacity ? here : arrival->capacity;
    if (skip != arrival->expected) {
        unsigned char *whole = malloc(arrival->stored ? arrival->stored : 1);
        if (!whole) {
            errno = ENOBUFS;
            return -1;
        }
        gather(whole, arrival->stored, parts, message->msg_iovlen + 2);
        scatter(message->msg_iov, message->msg_iovlen, whole + skip, delivered);
        free(whole);
    }
    if (payload > delivered)
        message->msg_flags |= MSG_TRUNC;
    return (ssize_t)(flags & MSG_TRUNC ? payload : delivered);
}

/* The header's length, 0 when it is none; puts the sender in its place, and lets it stand ready for the next one. */
static size_t read_header(struct slot *slot, struct association *association, struct arrival *arrival,
                          const struct iovec *parts, size_t count)
{
    struct ready ready;
    struct target source;
    size_t room = arrival->stored < sizeof ready.header ? arrival->stored : sizeof ready.header;
    ready.length = wire_datagram_source(ready.header, gather(ready.header, room, parts, count), &source);
    if (ready.length == 0)
        return 0;
    struct guard guard;
    guard_enter(&guard, &slot->lock);
    association_present(association, slot->family, slot->name, &source, &ready.address);
    association_change(association)->in = ready;
    association_changed(association);
    guard_leave(&guard);
    association->expected = ready.length;
    arrival->from = ready.address;
    return ready.length;
}

/* Takes the header off; its length, or 0 for a datagram that the program must not see. */
static size_t accept_relayed(struct slot *slot, struct association *association, const struct flow *flow,
                             struct arrival *arrival, const struct iovec *parts, size_t count)
{
    size_t header = flow->in.length;
    if (header && header == arrival->expected && arrival->length >= header &&
        memcmp(arrival->head, flow->in.header, header) == 0)
        arrival->from = flow->in.address;
    else
        header = read_header(slot, association, arrival, parts, count);
    return flow->peer.length == 0 || endpoint_equals(&flow->peer, &arrival->from) ? header : 0;
}

/* Takes a datagram that was only peeked at, and is not for the program, out of the way. */
static void discard(int fd, int flags)
{
    char octet;
    if (flags & MSG_PEEK)
        REAL(recv)(fd, &octet, 1, MSG_DONTWAIT);
}

static ssize_t receive_one(struct slot *slot, int fd, struct msghdr *message, int flags, bool *dropped)
{
    struct arrival arrival;
    struct association *association = slot->association;
    struct iovec parts[message->msg_iovlen + 2];
    size_t count = message->msg_iovlen + 2;
    arrival.expected = association ? association->expected : 0;
    if (receive_parts(fd, message, flags, &arrival, parts) < 0)
        return -1;

    /* Another thread may have opened the association while this one waited. */
    struct flow flow = {.open = false};
    association = slot->association;
    if (association)
        association_look(association, &flow);
    bool relayed = flow.open && endpoint_equals(&flow.relay, &arrival.from);
    size_t header = relayed ? accept_relayed(slot, association, &flow, &arrival, parts, count) : 0;
    if ((relayed && header == 0) || (flow.open && !relayed && !settings_direct(&arrival.from))) {
        discard(fd, flags);
        *dropped = true;
        return 0;
    }
    /* The socket may have become one of the other family underneath to reach the relay. */
    if (slot->family == AF_INET)
        endpoint_unmap(&arrival.from);
    else
        endpoint_map(&arrival.from);
    ssize_t result = deliver(message, flags, &arrival, parts, header);
    if (result >= 0 && message->msg_name)
        endpoint_store(&arrival.from, message->msg_name, &message->msg_namelen);
    return result;
}

ssize_t datagram_receive(struct slot *slot, int fd, struct msghdr *message, int flags)
{
    if (flags & MSG_ERRQUEUE || message->msg_iovlen > IOV_MAX - 2)
        return REAL(recvmsg)(fd, message, flags);
    size_t control = message->msg_controllen;
    for (;;) {
        bool dropped = false;
        message->msg_controllen = control;
        ssize_t result = receive_one(slot, fd, message, flags, &dropped);
        if (!dropped)
            return result;
    }
}
