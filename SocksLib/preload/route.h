/* What becomes of an address that the program wants to reach, and how sockets of either family reach the gateway. */
#pragma once

#include "names.h"
#include "table.h"
#include "wire.h"

enum route {
    ROUTE_DIRECT, /* on the program's own socket */
    ROUTE_RELAY,  /* through the gateway, to `target` */
    ROUTE_REFUSED /* nowhere; errno says why */
};

/* Whether the system would take such an address on the program's socket: IPv6 sockets take IPv4 addresses for UDP only. */
bool route_takes(const struct slot *slot, const struct endpoint *to);

/* With ROUTE_RELAY, *name is the held name behind a fake address, or NULL. */
enum route route_find(const struct endpoint *to, struct target *target, struct name **name);

/*
 * The address by which the socket `fd` can reach `endpoint`, which may be of the other family. An IPv6 socket uses
 * the mapped form if it can; otherwise a new socket of the endpoint's family is made with the same options: its
 * descriptor is the result, and has to be swapped in. -1: none needed. -2: none to be had; errno says why.
 */
int route_adapt(int fd, int type, struct endpoint *endpoint);

/*
 * An address as a program of a family can take it: mapped for an IPv6 program; for an IPv4 program an IPv6 address is
 * registered as a name of its own and becomes a fake address. *name is then held.
 */
void route_present(int family, struct endpoint *endpoint, struct name **name);

/* The same for the program's own end, where only the port is right when the families differ (RFC 3089 §5). */
void route_present_own(int family, struct endpoint *endpoint);
