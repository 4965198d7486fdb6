#include "association.h"

#include <errno.h>
#include <sched.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>

#include "config.h"
#include "guard.h"
#include "internal.h"
#include "log.h"
#include "real.h"
#include "route.h"
#include "stream.h"
#include "swap.h"

/* How often the control connection is looked at, in milliseconds: not once per datagram. */
#define CHECK_INTERVAL 1000

struct association *association_of(struct slot *slot)
{
    struct guard guard;
    guard_enter(&guard, &slot->lock);
    struct association *association = slot->association;
    /* Not from malloc: signal handlers close sockets. */
    if (!association && (association = mmap(NULL, sizeof *association, PROT_READ | PROT_WRITE,
                                            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) != MAP_FAILED) {
        association_after_fork(association);
        association->control = -1;
        association->flow.peer = slot->peer;
        slot->association = association;
    }
    guard_leave(&guard);
    return association == MAP_FAILED ? NULL : association;
}

/* Recursive: a handler may send on a socket whose first datagram it interrupted, or have left it for good. */
void association_after_fork(struct association *association)
{
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&association->opening, &attributes);
    pthread_mutexattr_destroy(&attributes);
    if (association->version & 1) {
        association->flow.out.length = association->flow.in.length = 0;
        association_changed(association);
    }
}

void association_free(struct association *association)
{
    internal_close(&association->control);
    for (unsigned i = 0; i < association->correspondent_count && i < CORRESPONDENTS; i++)
        names_release(association->correspondents[i].name);
    pthread_mutex_destroy(&association->opening);
    munmap(association, sizeof *association);
}

/* By words, and out of the thread sanitizer's sight: a copy that was disturbed is made again. */
#define UNSEEN __attribute__((no_sanitize("thread")))

UNSEEN static void copy(void *to, const void *from, size_t octets)
{
    for (size_t i = 0; i < (octets + sizeof(long) - 1) / sizeof(long); i++)
        ((long *)to)[i] = ((const volatile long *)from)[i];
}

UNSEEN static void copy_ready(struct ready *to, const struct ready *from)
{
    copy(to, from, offsetof(struct ready, header));
    copy(to->header, from->header, to->length < sizeof to->header ? to->length : sizeof to->header);
}

UNSEEN void association_look(const struct association *association, struct flow *flow)
{
    unsigned before, after;
    do {
        while ((before = atomic_load_explicit(&association->version, memory_order_acquire)) & 1)
            sched_yield();
        copy(flow, &association->flow, offsetof(struct flow, out));
        copy_ready(&flow->out, &association->flow.out);
        copy_ready(&flow->in, &association->flow.in);
        atomic_thread_fence(memory_order_acquire);
        after = atomic_load_explicit(&association->version, memory_order_relaxed);
    } while (before != after);
}

struct flow *association_change(struct association *association)
{
    atomic_fetch_add(&association->version, 1);
    atomic_thread_fence(memory_order_seq_cst);
    return &association->flow;
}

void association_changed(struct association *association)
{
    atomic_fetch_add(&association->version, 1);
}

bool association_was_alive_lately(const struct association *association)
{
    return now_milliseconds() - association->checked < CHECK_INTERVAL;
}

static bool is_alive(struct association *association)
{
    if (association->control < 0)
        return false;
    if (association_was_alive_lately(association))
        return true;
    association->checked = now_milliseconds();
    char octet;
    ssize_t count = REAL(recv)(association->control, &octet, 1, MSG_PEEK | MSG_DONTWAIT);
    if (count > 0 || (count < 0 && errno == EAGAIN))
        return true;
    log_info("the gateway ended a UDP association");
    internal_close(&association->control);
    association->checked = 0;
    return false;
}

/* Asks the gateway; 0 or an errno. */
static int request(struct association *association, struct endpoint *relay)
{
    static const unsigned char any[16];
    const struct settings *known = settings();
    CLOSED int control = REAL(socket)(known->gateway.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (control < 0)
        return errno;
    /* RFC 1928 §4: zeros, because the program may not have bound its socket yet. */
    struct target target = {.port = 0};
    endpoint_set(&target.address, known->gateway.any.sa_family, any, 0);
    struct handshake handshake;
    handshake_start(&handshake, COMMAND_UDP_ASSOCIATE, &target);
    int error = stream_reach(control, &known->gateway, &handshake, known->timeout, false);
    if (error == 0) {
        *relay = handshake.bound;
        if (relay->length == 0 || endpoint_is_any(relay)) {
            unsigned port = relay->length ? endpoint_port(relay) : 0;
            *relay = known->gateway;
            endpoint_set_port(relay, port);
        }
        internal_close(&association->control);
        internal_keep(&association->control, control);
        association->checked = now_milliseconds();
    }
    return error;
}

/*
 * The gateway resolves names anew for each association. They may mean something else now, so that neither who answered
 * where nor the headers that stand ready hold any longer. With the slot's lock held.
 */
static void forget_correspondents(struct association *association, struct flow *flow)
{
    for (unsigned i = 0; i < association->correspondent_count && i < CORRESPONDENTS; i++) {
        names_release(association->correspondents[i].name);
        association->correspondents[i].name = NULL;
    }
    association->correspondent_count = 0;
    flow->out.length = flow->in.length = 0;
}

/* Points the program's socket at the relay. */
static int attach(struct slot *slot, int fd, struct association *association, struct endpoint *relay)
{
    char text[ENDPOINT_TEXT];
    log_debug("UDP by %s", endpoint_text(relay, text));
    int other = route_adapt(fd, SOCK_DGRAM, relay);
    if (other == -2)
        return -1;
    struct guard guard;
    guard_enter(&guard, &slot->lock);
    if (other >= 0)
        swap_in(slot, other);
    struct flow *flow = association_change(association);
    flow->connected = slot->peer.length && REAL(connect)(fd, &relay->any, relay->length) == 0;
    flow->relay = *relay;
    flow->open = true;
    forget_correspondents(association, flow);
    association_changed(association);
    guard_leave(&guard);
    return 0;
}

static void unlock(pthread_mutex_t **mutex)
{
    pthread_mutex_unlock(*mutex);
}

int association_open(struct slot *slot, int fd, struct association *association)
{
    __attribute__((cleanup(unlock))) pthread_mutex_t *opening = &association->opening;
    pthread_mutex_lock(opening);
    if (association->flow.open && is_alive(association))
        return 0;
    struct endpoint relay;
    int error = request(association, &relay);
    if (error == 0)
        return attach(slot, fd, association, &relay);
    errno = error;
    return -1;
}

void association_end(struct association *association)
{
    __attribute__((cleanup(unlock))) pthread_mutex_t *opening = &association->opening;
    pthread_mutex_lock(opening);
    internal_close(&association->control);
    association->checked = 0;
}

static void add(struct association *association, const struct correspondent *correspondent)
{
    struct correspondent *place = &association->correspondents[association->correspondent_count++ % CORRESPONDENTS];
    names_release(place->name);
    *place = *correspondent;
    if (place->name)
        names_hold(place->name);
    /* They may mean the name that had the place before, and that may be forgotten now. */
    struct flow *flow = association_change(association);
    flow->out.length = flow->in.length = 0;
    association_changed(association);
}

static struct correspondent *each(struct association *association, unsigned i)
{
    unsigned count = association->correspondent_count;
    return i < count && i < CORRESPONDENTS ? &association->correspondents[i] : NULL;
}

void association_note(struct association *association, struct name *name, const struct endpoint *address, unsigned port)
{
    struct correspondent *known, fresh = {.name = name, .port = port};
    if (!name)
        fresh.seen = *address;
    for (unsigned i = 0; (known = each(association, i)); i++)
        if (known->name == name && known->port == port && (name || endpoint_equals(&known->seen, address)))
            return;
    add(association, &fresh);
}

/*
 * Who answers under this address. One that nobody has answered under belongs to the name that has waited longest; but
 * the one that the socket is connected to comes before all, because names may share an address.
 */
static struct correspondent *find(struct association *association, const struct name *peer,
                                  const struct endpoint *address)
{
    struct correspondent *known;
    for (unsigned i = 0; peer && (known = each(association, i)); i++)
        if (known->name == peer && known->port == endpoint_port(address) &&
            (known->seen.length == 0 || endpoint_equals(&known->seen, address))) {
            known->seen = *address;
            return known;
        }
    for (unsigned i = 0; (known = each(association, i)); i++)
        if (endpoint_equals(&known->seen, address))
            return known;
    for (unsigned i = 0; (known = each(association, i)); i++)
        if (known->name && known->seen.length == 0 && known->port == endpoint_port(address)) {
            known->seen = *address;
            return known;
        }
    return NULL;
}

void association_present(struct association *association, int family, const struct name *peer,
                         const struct target *source, struct endpoint *presented)
{
    if (source->name[0]) {
        struct name *name = names_register(source->name);
        memset(presented, 0, sizeof *presented);
        if (name) {
            names_address(name, family, source->port, presented);
            association_note(association, name, NULL, source->port);
            names_release(name);
        }
        return;
    }
    *presented = source->address;
    endpoint_set_port(presented, source->port);
    struct correspondent *known = find(association, peer, presented);
    if (known && known->name) {
        names_address(known->name, family, source->port, presented);
        return;
    }
    struct correspondent stranger = {.port = source->port, .seen = *presented};
    route_present(family, presented, &stranger.name);
    if (stranger.name) {
        add(association, &stranger);
        names_release(stranger.name);
    }
}
