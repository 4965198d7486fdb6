#include "stream.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

#include "config.h"
#include "guard.h"
#include "listen.h"
#include "log.h"
#include "pending.h"
#include "real.h"
#include "route.h"
#include "swap.h"

void stream_forget_peer(struct slot *slot)
{
    names_release(slot->name);
    slot->name = NULL;
    slot->peer.length = 0;
    slot->bound.length = 0;
}

void stream_established(struct slot *slot, const struct endpoint *bound)
{
    slot->bound = *bound;
    if (bound->length && endpoint_is_any(bound))
        slot->bound.length = 0;
    else
        route_present_own(slot->family, &slot->bound);
    slot->error = 0;
    slot->membership_count = 0;
    slot->state = STATE_CONNECTED;
}

int stream_mismatch(const struct slot *slot, const struct target *target, const struct endpoint *bound)
{
    if (!settings()->match || !target->name[0] || bound->length == 0 || endpoint_is_any(bound))
        return 0;
    struct endpoint plain = *bound;
    endpoint_unmap(&plain);
    if (plain.any.sa_family == slot->family)
        return 0;
    log_info("%s is reached by the other family", target->name);
    return ENETUNREACH;
}

void stream_detach(int fd)
{
    struct sockaddr nowhere = {.sa_family = AF_UNSPEC};
    REAL(connect)(fd, &nowhere, sizeof nowhere);
    /* Dissolving a connection with octets unread leaves an error behind, which is not the program's. */
    int error;
    socklen_t length = sizeof error;
    REAL(getsockopt)(fd, SOL_SOCKET, SO_ERROR, &error, &length);
}

int stream_reach(int fd, const struct endpoint *gateway, struct handshake *handshake, int milliseconds,
                 bool interruptible)
{
    long long deadline = now_milliseconds() + milliseconds;
    if (REAL(connect)(fd, &gateway->any, gateway->length) != 0) {
        int error = errno;
        if (error == EINTR && interruptible)
            return error;
        if (error != EINPROGRESS && error != EINTR) {
            char text[ENDPOINT_TEXT];
            log_info("gateway %s: %s", endpoint_text(gateway, text), strerror(error));
            return error == ECONNREFUSED ? ENETUNREACH : error;
        }
        error = wait_for(fd, POLLOUT, deadline, interruptible);
        if (error != 0)
            return error;
    }
    return handshake_run(handshake, fd, deadline, interruptible);
}

/* What the program allows a connect to take, by SO_SNDTIMEO, within the library's own limit. */
static int time_limit(int fd)
{
    struct timeval limit = {0};
    socklen_t length = sizeof limit;
    int most = settings()->timeout;
    if (REAL(getsockopt)(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, &length) != 0 || (limit.tv_sec == 0 && limit.tv_usec == 0))
        return most;
    long long wanted = limit.tv_sec * 1000ll + limit.tv_usec / 1000;
    return wanted < most ? (int)wanted : most;
}

static int connect_here(struct slot *slot, int fd, const struct endpoint *gateway, const struct target *target)
{
    struct handshake handshake;
    handshake_start(&handshake, COMMAND_CONNECT, target);
    int error = stream_reach(fd, gateway, &handshake, time_limit(fd), true);
    /* As the system's own, an interrupted connect goes on without its caller. */
    if (error == EINTR && pending_continue(slot, fd, &handshake))
        return -1;
    if (error == 0)
        error = stream_mismatch(slot, target, &handshake.bound);
    struct guard guard;
    guard_enter(&guard, &slot->lock);
    if (error == 0) {
        stream_established(slot, &handshake.bound);
        slot->told = true;
    } else {
        /* As after a connect of its own that failed, the socket may be used for another one. */
        stream_detach(fd);
    }
    guard_leave(&guard);
    errno = error;
    return error ? -1 : 0;
}

static int connect_through(struct slot *slot, int fd, const struct target *target)
{
    struct endpoint gateway = settings()->gateway;
    int other = route_adapt(fd, SOCK_STREAM, &gateway);
    if (other == -2)
        return -1;
    struct guard guard;
    bool waits = !(REAL(fcntl)(fd, F_GETFL) & O_NONBLOCK);
    if (!waits && pending_start(slot, fd, other, &gateway, target))
        return -1;
    if (other >= 0) {
        guard_enter(&guard, &slot->lock);
        swap_in(slot, other);
        guard_leave(&guard);
    }
    return connect_here(slot, fd, &gateway, target);
}

/* What a second connect on a socket says; 1 when there is nothing against it. */
static int repeated(struct slot *slot, int fd)
{
    int error = slot->state == STATE_PENDING ? pending_await(slot, fd, true) : 0;
    if (error != 0) {
        errno = error;
        return -1;
    }
    struct guard guard;
    guard_enter(&guard, &slot->lock);
    if (slot->state == STATE_PENDING)
        error = EALREADY;
    else if (slot->state == STATE_CONNECTED && slot->told)
        error = EISCONN;
    else if (slot->state == STATE_FRESH && slot->error)
        error = slot->error;
    bool succeeded = slot->state == STATE_CONNECTED && !slot->told;
    slot->told = slot->told || succeeded;
    if (slot->state == STATE_FRESH)
        slot->error = 0;
    guard_leave(&guard);
    errno = error;
    return error ? -1 : succeeded ? 0 : 1;
}

int stream_disconnect(struct slot *slot, int fd)
{
    struct sockaddr nowhere = {.sa_family = AF_UNSPEC};
    if (slot->state == STATE_PENDING) {
        pending_give_up(slot);
        return 0;
    }
    int result = REAL(connect)(fd, &nowhere, sizeof nowhere);
    struct guard guard;
    guard_enter(&guard, &slot->lock);
    if (result == 0 && (slot->state == STATE_CONNECTED || slot->state == STATE_DIRECT)) {
        stream_forget_peer(slot);
        slot->state = STATE_FRESH;
    }
    guard_leave(&guard);
    return result;
}

int stream_connect(struct slot *slot, int fd, const struct endpoint *to)
{
    int said = repeated(slot, fd);
    if (said <= 0)
        return said;
    if (slot->state == STATE_LISTENING)
        listen_give_up(slot);

    struct target target;
    struct name *name;
    switch (route_find(to, &target, &name)) {
    case ROUTE_DIRECT:
        slot->state = STATE_DIRECT;
        return REAL(connect)(fd, &to->any, to->length);
    case ROUTE_REFUSED:
        return -1;
    case ROUTE_RELAY:
        break;
    }
    struct guard guard;
    guard_enter(&guard, &slot->lock);
    stream_forget_peer(slot);
    slot->peer = *to;
    slot->name = name;
    slot->told = false;
    slot->state = STATE_FRESH;
    guard_leave(&guard);
    listen_remember(&target);
    return connect_through(slot, fd, &target);
}
