/* What a name means to the program: an address of this host, itself when it is an address, or a fake address. */
#pragma once

#include "address.h"

enum found {
    FOUND,
    FOUND_NOTHING, /* it cannot be a host name */
    FOUND_NO_ROOM  /* every fake address is in use */
};

/* family AF_INET or AF_INET6; port 0. No query is sent. */
enum found lookup_name(const char *name, int family, struct endpoint *address);

/* The name behind a fake address, or the one that /etc/hosts gives to an address. False: none. */
bool lookup_address(const struct endpoint *address, char *name, size_t size);
