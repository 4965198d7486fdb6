/* UDP ASSOCIATE: what stands between a UDP socket of the program and the gateway's relay. */
#pragma once

#include "table.h"
#include "wire.h"

/* Somebody the program sent to, or whom it was told of. */
struct correspondent {
    struct name *name;    /* held; NULL: an address that the program knows itself */
    unsigned port;
    struct endpoint seen; /* what the gateway calls it; length 0 as long as it has not answered */
};

#define CORRESPONDENTS 64

/* The octets of a header, and the address that the program has for them. */
struct ready {
    _Alignas(long) size_t length; /* 0: none */
    struct endpoint address;
    _Alignas(long) unsigned char header[DATAGRAM_HEADER_LIMIT];
};

/* All that the usual datagram needs. */
struct flow {
    _Alignas(long) bool open;
    bool connected;       /* the kernel socket is connected to the relay */
    struct endpoint relay;
    struct endpoint peer; /* the slot's */
    struct ready out, in; /* of the datagrams sent and received last */
};

struct association {
    pthread_mutex_t opening;   /* held while the request is on its way */
    int control;               /* RFC 1928: the association lives as long as this connection */
    _Atomic long long checked; /* when the connection was last looked at */
    _Atomic size_t expected;   /* the length of the header that came last */
    atomic_uint version;       /* of `flow`; odd while it changes */

    /* Changed under the slot's lock. */
    struct flow flow;
    struct correspondent correspondents[CORRESPONDENTS];
    unsigned correspondent_count;
};

/* The association of a slot, made at need and perhaps not open; NULL without memory. */
struct association *association_of(struct slot *slot);

/* Opens it, or again if its connection has ended. 0, or -1 and errno. */
int association_open(struct slot *slot, int fd, struct association *association);

/* Ends what is open: the next datagram asks the gateway anew. */
void association_end(struct association *association);

/* True between two looks at its connection. */
bool association_was_alive_lately(const struct association *association);

void association_free(struct association *association);

/* In a child of fork, whose threads that were opening or changing it did not come along. */
void association_after_fork(struct association *association);

/*
 * Copies the flow without a lock: nobody waits for a thread that was interrupted, and a signal handler may send on the
 * socket whose sending it interrupted.
 */
void association_look(const struct association *association, struct flow *flow);

/* These with the slot's lock held. */

/* Around changes of the flow. */
struct flow *association_change(struct association *association);
void association_changed(struct association *association);

/* The program sends to a name, or to an address (name NULL). */
void association_note(struct association *association, struct name *name, const struct endpoint *address, unsigned port);

/*
 * Whom a datagram comes from, as the program knows it: the fake address of a name that it sent to, or the address
 * in the program's family. `peer` is the name that the socket is connected to, or NULL.
 */
void association_present(struct association *association, int family, const struct name *peer,
                         const struct target *source, struct endpoint *presented);
