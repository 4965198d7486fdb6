#include "listen.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "guard.h"
#include "log.h"
#include "real.h"
#include "route.h"
#include "stream.h"
#include "swap.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct target expected;

void listen_remember(const struct target *target)
{
    if (!settings()->bind)
        return;
    struct guard guard;
    guard_enter(&guard, &lock);
    expected = *target;
    guard_leave(&guard);
}

void listen_before_fork(void)
{
    pthread_mutex_lock(&lock);
}

void listen_after_fork(void)
{
    pthread_mutex_unlock(&lock);
}

/* With no connect before it, any peer, and the port that the program asked for, in case the gateway can give it. */
static void expected_peer(int fd, struct target *target)
{
    struct guard guard;
    guard_enter(&guard, &lock);
    *target = expected;
    guard_leave(&guard);
    if (target->name[0] || target->address.length)
        return;
    static const unsigned char any[4];
    struct endpoint own = {.length = 0};
    socklen_t length = sizeof own.v6;
    endpoint_set(&target->address, AF_INET, any, 0);
    if (REAL(getsockname)(fd, &own.any, &length) == 0)
        target->port = endpoint_port(&own);
}

/* A connection to the gateway on which it listens for us; -1 and errno. */
static int request(int fd, struct handshake *handshake)
{
    const struct settings *known = settings();
    struct target target;
    expected_peer(fd, &target);
    int control = REAL(socket)(known->gateway.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (control < 0)
        return -1;
    handshake_start(handshake, COMMAND_BIND, &target);
    int error = known->usable ? stream_reach(control, &known->gateway, handshake, known->timeout, false) : ENETUNREACH;
    if (error == 0)
        return control;
    REAL(close)(control);
    errno = error;
    return -1;
}

int listen_open(struct slot *slot, int fd)
{
    if (slot->state == STATE_LISTENING)
        return 0;
    struct handshake handshake;
    int control = request(fd, &handshake);
    if (control < 0)
        return -1;
    struct guard guard;
    guard_enter(&guard, &slot->lock);
    swap_in(slot, control);
    slot->bound = handshake.bound;
    if (slot->bound.length && endpoint_is_any(&slot->bound)) {
        unsigned port = endpoint_port(&slot->bound);
        slot->bound = settings()->gateway;
        endpoint_set_port(&slot->bound, port);
    }
    char text[ENDPOINT_TEXT];
    log_info("the gateway listens at %s", endpoint_text(&slot->bound, text));
    route_present_own(slot->family, &slot->bound);
    slot->state = STATE_LISTENING;
    guard_leave(&guard);
    return 0;
}

void listen_give_up(struct slot *slot)
{
    int plain = REAL(socket)(slot->family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct guard guard;
    guard_enter(&guard, &slot->lock);
    if (plain >= 0)
        swap_in(slot, plain);
    slot->bound.length = 0;
    slot->bind_wanted = false;
    slot->state = STATE_FRESH;
    guard_leave(&guard);
}

/* Reads the second reply when all of it has come. 0, EAGAIN, or what went wrong. */
static int take_reply(int fd, struct endpoint *peer)
{
    unsigned char in[REPLY_LIMIT];
    ssize_t count = REAL(recv)(fd, in, sizeof in, MSG_PEEK | MSG_DONTWAIT);
    if (count < 0)
        return errno == EINTR ? EAGAIN : errno;
    if (count == 0)
        return ECONNRESET;
    size_t length = count >= REPLY_START ? wire_reply_length(in) : 0;
    if (count >= REPLY_START && length == 0)
        return EPROTO;
    if (count < REPLY_START || (size_t)count < length)
        return EAGAIN;
    REAL(recv)(fd, in, length, MSG_DONTWAIT);
    wire_reply_bound(in, peer);
    return wire_errno(in[1]);
}

/* The accepted connection is the one that the reply came on; the listening descriptor gets a new request. */
static int hand_over(struct slot *slot, int fd, const struct endpoint *peer, int flags)
{
    int accepted = REAL(fcntl)(fd, flags & SOCK_CLOEXEC ? F_DUPFD_CLOEXEC : F_DUPFD, 0);
    if (accepted < 0)
        return -1;
    struct endpoint bound = slot->bound;
    int status = REAL(fcntl)(fd, F_GETFL);
    struct guard guard;

    guard_enter(&guard, &slot->lock);
    slot->state = STATE_FRESH;
    guard_leave(&guard);
    if (listen_open(slot, fd) != 0) {
        log_error("the gateway listens no more: %s", strerror(errno));
        listen_give_up(slot);
    }

    REAL(fcntl)(accepted, F_SETFL, flags & SOCK_NONBLOCK ? status | O_NONBLOCK : status & ~O_NONBLOCK);
    table_add(accepted, slot->family, SOCK_STREAM, STATE_FRESH, NULL);
    struct slot *fresh = table_take(accepted);
    if (!fresh)
        return accepted;
    guard_enter(&guard, &fresh->lock);
    fresh->peer = *peer;
    route_present(fresh->family, &fresh->peer, &fresh->name);
    stream_established(fresh, &bound);
    fresh->told = true;
    guard_leave(&guard);
    table_put(fresh);
    return accepted;
}

static int take_peer(struct slot *slot, int fd, struct sockaddr *address, socklen_t *length, int flags)
{
    for (;;) {
        struct endpoint peer;
        int error = take_reply(fd, &peer);
        if (error == 0) {
            int accepted = hand_over(slot, fd, &peer, flags);
            struct slot *fresh = accepted >= 0 ? table_take(accepted) : NULL;
            if (fresh) {
                endpoint_store(&fresh->peer, address, length);
                table_put(fresh);
            }
            return accepted;
        }
        if (error != EAGAIN) {
            /* Nobody came in the time that the gateway waits: ask again. */
            log_debug("the gateway stopped listening: %s", strerror(error));
            slot->state = STATE_FRESH;
            if (listen_open(slot, fd) != 0)
                return -1;
        } else if (REAL(fcntl)(fd, F_GETFL) & O_NONBLOCK) {
            errno = EAGAIN;
            return -1;
        }
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        if (poll(&wait, 1, -1) < 0)
            return -1;
        if (error == EAGAIN && wait.revents & POLLIN)
            usleep(1000);
    }
}

static int accept_with(int fd, struct sockaddr *address, socklen_t *length, int flags)
{
    HELD struct slot *slot = table_take(fd);
    if (slot && slot->state == STATE_LISTENING)
        return take_peer(slot, fd, address, length, flags);
    int accepted = REAL(accept4)(fd, address, length, flags);
    if (accepted >= 0)
        table_forget(accepted);
    return accepted;
}

HOOK(int, accept, (int fd, struct sockaddr *address, socklen_t *length))
{
    return accept_with(fd, address, length, 0);
}

HOOK(int, accept4, (int fd, struct sockaddr *address, socklen_t *length, int flags))
{
    return accept_with(fd, address, length, flags);
}

/* True for a listener's address that belongs at the gateway: any but this host's own loopback. */
static bool wants_gateway(const struct endpoint *own)
{
    return settings()->bind && (endpoint_is_any(own) || !settings_direct(own));
}

HOOK(int, bind, (int fd, const struct sockaddr *address, socklen_t length))
{
    struct endpoint own;
    struct slot *slot = address && endpoint_from(&own, address, length) ? table_adopt(fd) : NULL;
    int result = REAL(bind)(fd, address, length);
    if (!slot)
        return result;
    if (slot->type == SOCK_STREAM && slot->state == STATE_FRESH && wants_gateway(&own)) {
        slot->bind_wanted = true;
        /* The gateway's own address, which getsockname told the program (ftp does this), is not one of this host. */
        if (result != 0 && errno == EADDRNOTAVAIL)
            result = 0;
    }
    table_put(slot);
    return result;
}

HOOK(int, listen, (int fd, int backlog))
{
    struct slot *slot = table_take(fd);
    bool at_gateway = slot && slot->type == SOCK_STREAM && slot->bind_wanted;
    int result = at_gateway ? listen_open(slot, fd) : REAL(listen)(fd, backlog);
    if (slot)
        table_put(slot);
    return result;
}
