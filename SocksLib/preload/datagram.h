/* UDP on the program's own socket: what goes to the relay gets the header of RFC 1928 §7, what comes from it loses it. */
#pragma once

#include "table.h"

struct msghdr;

/* connect() on a UDP socket, and its undoing. Nothing is sent; the association is made with the first datagram. */
int datagram_connect(struct slot *slot, int fd, const struct endpoint *to);
int datagram_disconnect(struct slot *slot, int fd);

ssize_t datagram_send(struct slot *slot, int fd, const struct msghdr *message, int flags);
ssize_t datagram_receive(struct slot *slot, int fd, struct msghdr *message, int flags);
