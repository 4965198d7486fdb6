/* The thread that carries handshakes of non-blocking connects: one per process, begun with the first of them. */
#pragma once

#include "handshake.h"
#include "table.h"

struct pending {
    struct slot *slot; /* held */
    int socket;        /* to the gateway */
    int wake;          /* the placeholder's other end */
    struct handshake handshake;
    long long deadline;
    struct pending *next, **link;
};

/* True when the thread runs, or could be started. */
bool carrier_ready(void);

/* Takes it over: the thread calls pending_advance until that says it is finished. */
void carrier_carry(struct pending *pending);

/* Stops watching a socket, which lives on under the program's descriptor. */
void carrier_release(int socket);

/* Closes `fd` when its other end is gone. */
void carrier_linger(int fd);

/* In pending.c: goes on with a handshake, and ends it when it is over. True: finished. */
bool pending_advance(struct pending *pending);

/* Around fork. The child has no such thread. */
void carrier_before_fork(void);
void carrier_after_fork_in_parent(void);
void carrier_after_fork_in_child(void);
