/* TCP through the gateway: CONNECT, in the caller's own time or carried on by a thread of the library. */
#pragma once

#include "handshake.h"
#include "table.h"

/* connect() on a TCP socket, and its undoing by AF_UNSPEC. */
int stream_connect(struct slot *slot, int fd, const struct endpoint *to);
int stream_disconnect(struct slot *slot, int fd);

/* Records that the slot's socket now speaks to `to` through the gateway. With the slot's lock held. */
void stream_established(struct slot *slot, const struct endpoint *bound);

/* With SOCKS64_ANSWER=match: what a connect to a name says whose far end is of the other family. 0, or an errno. */
int stream_mismatch(const struct slot *slot, const struct target *target, const struct endpoint *bound);

/*
 * Connects `fd` to `gateway` and runs a handshake on it; `fd` may block or not. 0, or an errno; EINTR, when
 * `interruptible`, leaves both where they stand.
 */
int stream_reach(int fd, const struct endpoint *gateway, struct handshake *handshake, int milliseconds,
                 bool interruptible);

/* Lets go of the name behind the slot's peer, and of the peer. With the slot's lock held. */
void stream_forget_peer(struct slot *slot);

/* Makes a TCP socket that was connected to the gateway one that never was. */
void stream_detach(int fd);
