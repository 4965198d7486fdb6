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

struct association {
    pthread_mutex_t opening; /* held while the request is on its way */
    int control;             /* RFC 1928: the association lives as long as this connection */
    long long checked;       /* when the connection was last looked at */

    /* Under the slot's lock. */
    bool open;
    bool connected;          /* the kernel socket is connected to the relay */
    struct endpoint relay;
    struct endpoint last_to; /* the header for this destination stands ready */
    unsigned char header[DATAGRAM_HEADER_LIMIT];
    size_t header_length;
    size_t expected;         /* the length of the header of the datagram that came last */
    struct correspondent correspondents[CORRESPONDENTS];
    unsigned correspondent_count;
};

/* The association of a slot, made at need and perhaps not open; NULL without memory. */
struct association *association_of(struct slot *slot);

/* Opens it, or again if its connection has ended. 0, or -1 and errno. */
int association_open(struct slot *slot, int fd, struct association *association);

void association_free(struct association *association);

/* These with the slot's lock held. */

/* The program sends to a name, or to an address (name NULL). */
void association_note(struct association *association, struct name *name, const struct endpoint *address, unsigned port);

/*
 * Whom a datagram comes from, as the program knows it: the fake address of a name that it sent to, or the address
 * in the program's family.
 */
void association_present(struct association *association, int family, const struct target *source,
                         struct endpoint *presented);
