/* /etc/hosts, and the names that always mean this host. Nothing here sends a query. */
#pragma once

#include "address.h"

/* The address of a name that this host knows by itself; family AF_UNSPEC takes the first. */
bool hosts_find(const char *name, int family, struct endpoint *address);

/* The first name of an address, or false. */
bool hosts_name(const struct endpoint *address, char *name, size_t size);

/* "localhost", anything below it, and their IPv6 spellings (RFC 6761 §6.3). */
bool hosts_is_loopback_name(const char *name);
