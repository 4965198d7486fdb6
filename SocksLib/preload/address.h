/* IPv4 and IPv6 endpoints and networks. */
#pragma once

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

/* A socket address of either family; length 0 means none. */
struct endpoint {
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    };
    socklen_t length;
};

/* An address with its prefix length, 0 to 32 or 0 to 128. */
struct network {
    int family;
    unsigned char octets[16];
    int prefix;
};

/* Copies an IPv4 or IPv6 socket address; false for any other family or a short one. */
bool endpoint_from(struct endpoint *endpoint, const struct sockaddr *address, socklen_t length);

/* family AF_INET (4 octets) or AF_INET6 (16 octets); port in host order. */
void endpoint_set(struct endpoint *endpoint, int family, const void *octets, unsigned port);

unsigned endpoint_port(const struct endpoint *endpoint);
void endpoint_set_port(struct endpoint *endpoint, unsigned port);
bool endpoint_equals(const struct endpoint *left, const struct endpoint *right);

/* All zero octets: 0.0.0.0 or ::. */
bool endpoint_is_any(const struct endpoint *endpoint);
bool endpoint_is_multicast(const struct endpoint *endpoint);

/* ::ffff:a.b.c.d becomes a.b.c.d; everything else stays. */
void endpoint_unmap(struct endpoint *endpoint);

/* a.b.c.d becomes ::ffff:a.b.c.d. */
void endpoint_map(struct endpoint *endpoint);

/* "192.0.2.1:80" or "[2001:db8::1]:80". */
#define ENDPOINT_TEXT 64
const char *endpoint_text(const struct endpoint *endpoint, char text[ENDPOINT_TEXT]);

/* Fills in what a call such as getpeername returns: as much as fits, and the whole length. */
void endpoint_store(const struct endpoint *endpoint, struct sockaddr *address, socklen_t *length);

/* "10.0.0.0/8", "fd00::/8" or a single address. */
bool network_parse(const char *text, size_t length, struct network *network);
bool network_contains(const struct network *network, const struct endpoint *endpoint);
