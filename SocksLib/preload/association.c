#include "association.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

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
    if (!slot->association && (slot->association = calloc(1, sizeof *slot->association))) {
        pthread_mutex_init(&slot->association->opening, NULL);
        slot->association->control = -1;
    }
    guard_leave(&guard);
    return slot->association;
}

void association_free(struct association *association)
{
    internal_close(&association->control);
    for (unsigned i = 0; i < association->correspondent_count && i < CORRESPONDENTS; i++)
        names_release(association->correspondents[i].name);
    pthread_mutex_destroy(&association->opening);
    free(association);
}

static bool is_alive(struct association *association)
{
    if (association->control < 0)
        return false;
    long long now = now_milliseconds();
    if (now - association->checked < CHECK_INTERVAL)
        return true;
    association->checked = now;
    char octet;
    ssize_t count = REAL(recv)(association->control, &octet, 1, MSG_PEEK | MSG_DONTWAIT);
    if (count > 0 || (count < 0 && errno == EAGAIN))
        return true;
    log_info("the gateway ended a UDP association");
    internal_close(&association->control);
    return false;
}

/* Asks the gateway; 0 or an errno. */
static int request(struct association *association, struct endpoint *relay)
{
    static const unsigned char any[16];
    const struct settings *known = settings();
    int control = REAL(socket)(known->gateway.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (control < 0)
        return errno;
    /* RFC 1928 §4: zeros, because the program may not have bound its socket yet. */
    struct target target = {.port = 0};
    endpoint_set(&target.address, known->gateway.any.sa_family, any, 0);
    struct handshake handshake;
    handshake_start(&handshake, COMMAND_UDP_ASSOCIATE, &target);
    int error = stream_reach(control, &known->gateway, &handshake, known->timeout);
    if (error == 0) {
        *relay = handshake.bound;
        if (relay->length == 0 || endpoint_is_any(relay)) {
            unsigned port = relay->length ? endpoint_port(relay) : 0;
            *relay = known->gateway;
            endpoint_set_port(relay, port);
        }
        internal_keep(&association->control, control);
        association->checked = now_milliseconds();
    }
    REAL(close)(control);
    return error;
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
    association->connected = slot->peer.length && REAL(connect)(fd, &relay->any, relay->length) == 0;
    association->relay = *relay;
    association->open = true;
    guard_leave(&guard);
    return 0;
}

int association_open(struct slot *slot, int fd, struct association *association)
{
    pthread_mutex_lock(&association->opening);
    int result = 0;
    if (!association->open || !is_alive(association)) {
        struct endpoint relay;
        int error = request(association, &relay);
        if (error != 0) {
            errno = error;
            result = -1;
        } else {
            result = attach(slot, fd, association, &relay);
        }
    }
    int error = errno;
    pthread_mutex_unlock(&association->opening);
    errno = error;
    return result;
}

static void add(struct association *association, const struct correspondent *correspondent)
{
    struct correspondent *place = &association->correspondents[association->correspondent_count++ % CORRESPONDENTS];
    names_release(place->name);
    *place = *correspondent;
    if (place->name)
        names_hold(place->name);
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

/* Who answers under this address. One that nobody has answered under belongs to the name that has waited longest. */
static struct correspondent *find(struct association *association, const struct endpoint *address)
{
    struct correspondent *known;
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

void association_present(struct association *association, int family, const struct target *source,
                         struct endpoint *presented)
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
    struct correspondent *known = find(association, presented);
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
