/*
 * Connects without their callers: non-blocking and interrupted ones. While the handshake runs on the program's socket, the program's descriptor shows a
 * placeholder that is neither readable nor writable; when it is done the socket comes back, and poll, select and
 * epoll see it become writable. See README.md.
 */
#pragma once

#include "handshake.h"
#include "table.h"

/*
 * Begins one on the socket of `fd`, or on `other` when that is not negative (it is taken over). True: errno says
 * EINPROGRESS, or why it failed at once. False: it cannot be carried on the side, and nothing was done.
 */
bool pending_start(struct slot *slot, int fd, int other, const struct endpoint *gateway, const struct target *target);

/*
 * Goes on with a handshake that was interrupted on the socket of `fd`. True: errno says EINTR. False: it cannot be
 * carried on the side, and nothing was done.
 */
bool pending_continue(struct slot *slot, int fd, const struct handshake *handshake);

/* Waits for its end, if `fd` blocks. 0, or EALREADY or, when `interruptible`, EINTR. */
int pending_await(const struct slot *slot, int fd, bool interruptible);

/* The program wants a plain socket again. */
void pending_give_up(struct slot *slot);

/* The socket behind the placeholder. With the slot's lock held, in STATE_PENDING. */
int pending_socket(const struct slot *slot);

/* The program closed it. With the slot's lock held, in STATE_PENDING. */
void pending_abandon(struct slot *slot);

/* In a child of fork: the connect stays with the parent. */
void pending_orphan(struct slot *slot);
