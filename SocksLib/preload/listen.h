/*
 * TCP listeners at the gateway (RFC 1928's BIND), with SOCKS64_BIND=on. The listening descriptor is the connection on
 * which the gateway announces a peer, so it becomes readable when accept has something to give; that connection then
 * is the accepted one, and a new request takes its place.
 */
#pragma once

#include "handshake.h"
#include "table.h"

/* The destination of the last connect: BIND requests name it as the peer that is expected (RFC 1928 §4). */
void listen_remember(const struct target *target);

/* Sends the request, once, for a socket that was bound and is not connected: its address can then be told. */
int listen_open(struct slot *slot, int fd);

/* The program connects the socket instead: it gets a plain one back. */
void listen_give_up(struct slot *slot);

/* Around fork. */
void listen_before_fork(void);
void listen_after_fork(void);
