/*
 * Non-blocking connects. While the handshake runs on the program's socket, the program's descriptor shows a
 * placeholder that is neither readable nor writable; when it is done the socket comes back, and poll, select and
 * epoll see it become writable. See README.md.
 */
#pragma once

#include "table.h"
#include "wire.h"

/*
 * Begins one on the socket of `fd`, or on `other` when that is not negative (it is taken over). True: errno says
 * EINPROGRESS, or why it failed at once. False: it cannot be carried on the side, and nothing was done.
 */
bool pending_start(struct slot *slot, int fd, int other, const struct endpoint *gateway, const struct target *target);

/* The socket behind the placeholder. With the slot's lock held, in STATE_PENDING. */
int pending_socket(const struct slot *slot);

/* The program closed it. With the slot's lock held, in STATE_PENDING. */
void pending_abandon(struct slot *slot);

/* In a child of fork: the connect stays with the parent. */
void pending_orphan(struct slot *slot);
