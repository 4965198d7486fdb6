#include "pending.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "carrier.h"
#include "config.h"
#include "guard.h"
#include "internal.h"
#include "log.h"
#include "real.h"
#include "stream.h"
#include "swap.h"

/* A socket that is not writable until `wake`, its other end, is read from. */
static int make_placeholder(int *wake)
{
    static const char filler[4096];
    int pair[2], smallest = 1;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair) != 0)
        return -1;
    REAL(setsockopt)(pair[0], SOL_SOCKET, SO_SNDBUF, &smallest, sizeof smallest);
    while (REAL(send)(pair[0], filler, sizeof filler, MSG_NOSIGNAL) > 0)
        continue;
    *wake = internal_duplicate(pair[1]);
    REAL(close)(pair[1]);
    if (*wake >= 0)
        return pair[0];
    REAL(close)(pair[0]);
    return -1;
}

/* Everybody who waits on the placeholder finds it writable. */
static void wake_writable(struct pending *pending)
{
    char bytes[8192];
    ssize_t count;
    while ((count = REAL(recv)(pending->wake, bytes, sizeof bytes, MSG_DONTWAIT)) > 0)
        continue;
    if (count == 0)
        internal_release(pending->wake);
    else
        carrier_linger(pending->wake);
    pending->wake = -1;
}

/* Everybody who waits finds it broken: closing this end with octets unread is a reset to the other. */
static void wake_broken(struct pending *pending)
{
    internal_release(pending->wake);
    pending->wake = -1;
}

static void succeed(struct slot *slot, struct pending *pending)
{
    struct endpoint bound = pending->handshake.bound;
    carrier_release(pending->socket);
    swap_in(slot, pending->socket);
    stream_established(slot, &bound);
    wake_writable(pending);
}

static void fail(struct slot *slot, struct pending *pending, int error)
{
    char text[ENDPOINT_TEXT];
    log_info("%s: %s", endpoint_text(&slot->peer, text), strerror(error));
    carrier_release(pending->socket);
    stream_detach(pending->socket);
    slot->error = error;
    slot->state = STATE_FRESH;
    swap_in(slot, pending->socket);
    wake_broken(pending);
}

static void drop(struct pending *pending)
{
    internal_release(pending->socket);
    internal_release(pending->wake);
}

bool pending_advance(struct pending *pending)
{
    struct slot *slot = pending->slot;
    struct guard guard;
    guard_enter(&guard, &slot->lock);
    bool closed = slot->fd_count == 0 || slot->pending != pending, late = now_milliseconds() >= pending->deadline;
    enum progress progress = PROGRESS_FAILED;
    if (!closed) {
        progress = handshake_step(&pending->handshake, pending->socket);
        int error = progress == PROGRESS_DONE
                        ? stream_mismatch(slot, &pending->handshake.target, &pending->handshake.bound)
                        : pending->handshake.error;
        if (progress == PROGRESS_DONE && error == 0)
            succeed(slot, pending);
        else if (progress == PROGRESS_DONE || progress == PROGRESS_FAILED)
            fail(slot, pending, error);
        else if (late)
            fail(slot, pending, ETIMEDOUT);
    } else {
        carrier_release(pending->socket);
        drop(pending);
    }
    bool finished = closed || late || progress == PROGRESS_DONE || progress == PROGRESS_FAILED;
    if (finished && slot->pending == pending)
        slot->pending = NULL;
    guard_leave(&guard);
    return finished;
}

/* A pending connect on the socket of `fd`, or on `other`; its placeholder is not in place yet. NULL: nothing was done. */
static struct pending *prepare(struct slot *slot, int fd, int other, int *placeholder)
{
    struct pending *pending = carrier_ready() ? calloc(1, sizeof *pending) : NULL;
    *placeholder = pending ? make_placeholder(&pending->wake) : -1;
    if (*placeholder < 0) {
        free(pending);
        return NULL;
    }
    pending->slot = slot;
    pending->deadline = now_milliseconds() + settings()->timeout;
    pending->socket = internal_duplicate(other >= 0 ? other : fd);
    if (pending->socket >= 0)
        return pending;
    REAL(close)(*placeholder);
    internal_release(pending->wake);
    free(pending);
    return NULL;
}

/* With the slot's lock held. */
static void show(struct slot *slot, struct pending *pending, int placeholder)
{
    swap_in(slot, placeholder);
    slot->pending = pending;
    slot->state = STATE_PENDING;
}

static void hand_over(struct slot *slot, struct pending *pending)
{
    atomic_fetch_add(&slot->holders, 1);
    carrier_carry(pending);
}

bool pending_start(struct slot *slot, int fd, int other, const struct endpoint *gateway, const struct target *target)
{
    int placeholder;
    struct pending *pending = prepare(slot, fd, other, &placeholder);
    if (!pending)
        return false;
    handshake_start(&pending->handshake, COMMAND_CONNECT, target);
    int status = REAL(fcntl)(fd, F_GETFL);
    REAL(fcntl)(pending->socket, F_SETFL, status);
    if (other >= 0)
        REAL(close)(other);

    struct guard guard;
    guard_enter(&guard, &slot->lock);
    show(slot, pending, placeholder);
    if (REAL(connect)(pending->socket, &gateway->any, gateway->length) != 0 && errno != EINPROGRESS) {
        int error = errno == ECONNREFUSED ? ENETUNREACH : errno;
        slot->pending = NULL;
        fail(slot, pending, error);
        slot->error = 0;
        guard_leave(&guard);
        free(pending);
        errno = error;
        return true;
    }
    hand_over(slot, pending);
    guard_leave(&guard);
    errno = EINPROGRESS;
    return true;
}

bool pending_continue(struct slot *slot, int fd, const struct handshake *handshake)
{
    int placeholder;
    struct pending *pending = prepare(slot, fd, -1, &placeholder);
    if (!pending)
        return false;
    pending->handshake = *handshake;
    struct guard guard;
    guard_enter(&guard, &slot->lock);
    show(slot, pending, placeholder);
    hand_over(slot, pending);
    guard_leave(&guard);
    errno = EINTR;
    return true;
}

int pending_await(const struct slot *slot, int fd, bool interruptible)
{
    if (REAL(fcntl)(fd, F_GETFL) & O_NONBLOCK)
        return slot->state == STATE_PENDING ? EALREADY : 0;
    return wait_for(fd, POLLOUT, -1, interruptible);
}

void pending_give_up(struct slot *slot)
{
    struct guard guard;
    guard_enter(&guard, &slot->lock);
    int plain = slot->state == STATE_PENDING ? REAL(socket)(slot->family, SOCK_STREAM | SOCK_CLOEXEC, 0) : -1;
    if (plain >= 0) {
        swap_copy_options(slot->pending->socket, plain);
        pending_abandon(slot);
        swap_in(slot, plain);
        stream_forget_peer(slot);
        slot->pending = NULL;
        slot->state = STATE_FRESH;
    }
    guard_leave(&guard);
}

int pending_socket(const struct slot *slot)
{
    return slot->pending->socket;
}

void pending_abandon(struct slot *slot)
{
    /* The carrier sees the connection end, finds that nobody wants it, and cleans up. */
    REAL(shutdown)(slot->pending->socket, SHUT_RDWR);
}

void pending_orphan(struct slot *slot)
{
    drop(slot->pending);
    free(slot->pending);
    slot->pending = NULL;
    slot->error = ECONNABORTED;
    slot->state = STATE_FRESH;
    atomic_fetch_sub(&slot->holders, 1);
}
