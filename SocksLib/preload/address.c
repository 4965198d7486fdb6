#include "address.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const unsigned char mapped_prefix[12] = {[10] = 0xff, [11] = 0xff};

bool endpoint_from(struct endpoint *endpoint, const struct sockaddr *address, socklen_t length)
{
    if (length < sizeof address->sa_family)
        return false;
    socklen_t needed = address->sa_family == AF_INET    ? sizeof endpoint->v4
                       : address->sa_family == AF_INET6 ? sizeof endpoint->v6
                                                        : 0;
    if (needed == 0 || length < needed)
        return false;
    memset(endpoint, 0, sizeof *endpoint);
    memcpy(&endpoint->any, address, needed);
    endpoint->length = needed;
    return true;
}

void endpoint_set(struct endpoint *endpoint, int family, const void *octets, unsigned port)
{
    memset(endpoint, 0, sizeof *endpoint);
    endpoint->any.sa_family = (sa_family_t)family;
    if (family == AF_INET) {
        memcpy(&endpoint->v4.sin_addr, octets, 4);
        endpoint->length = sizeof endpoint->v4;
    } else {
        memcpy(&endpoint->v6.sin6_addr, octets, 16);
        endpoint->length = sizeof endpoint->v6;
    }
    endpoint_set_port(endpoint, port);
}

unsigned endpoint_port(const struct endpoint *endpoint)
{
    return ntohs(endpoint->any.sa_family == AF_INET ? endpoint->v4.sin_port : endpoint->v6.sin6_port);
}

void endpoint_set_port(struct endpoint *endpoint, unsigned port)
{
    if (endpoint->any.sa_family == AF_INET)
        endpoint->v4.sin_port = htons((in_port_t)port);
    else
        endpoint->v6.sin6_port = htons((in_port_t)port);
}

static const unsigned char *octets_of(const struct endpoint *endpoint, size_t *count)
{
    *count = endpoint->any.sa_family == AF_INET ? 4 : 16;
    return endpoint->any.sa_family == AF_INET ? (const unsigned char *)&endpoint->v4.sin_addr
                                              : (const unsigned char *)&endpoint->v6.sin6_addr;
}

bool endpoint_equals(const struct endpoint *left, const struct endpoint *right)
{
    struct endpoint a = *left, b = *right;
    endpoint_unmap(&a);
    endpoint_unmap(&b);
    if (a.length == 0 || a.any.sa_family != b.any.sa_family || endpoint_port(&a) != endpoint_port(&b))
        return false;
    size_t count;
    const unsigned char *octets = octets_of(&a, &count);
    return memcmp(octets, octets_of(&b, &count), count) == 0;
}

bool endpoint_is_any(const struct endpoint *endpoint)
{
    static const unsigned char zeros[16];
    struct endpoint plain = *endpoint;
    endpoint_unmap(&plain);
    size_t count;
    const unsigned char *octets = octets_of(&plain, &count);
    return memcmp(octets, zeros, count) == 0;
}

bool endpoint_is_multicast(const struct endpoint *endpoint)
{
    size_t count;
    const unsigned char *octets = octets_of(endpoint, &count);
    return count == 4 ? (octets[0] & 0xf0) == 0xe0 || memcmp(octets, "\xff\xff\xff\xff", 4) == 0 : octets[0] == 0xff;
}

void endpoint_unmap(struct endpoint *endpoint)
{
    if (endpoint->length == 0 || endpoint->any.sa_family != AF_INET6 || !IN6_IS_ADDR_V4MAPPED(&endpoint->v6.sin6_addr))
        return;
    unsigned char octets[4];
    memcpy(octets, endpoint->v6.sin6_addr.s6_addr + 12, 4);
    endpoint_set(endpoint, AF_INET, octets, endpoint_port(endpoint));
}

void endpoint_map(struct endpoint *endpoint)
{
    if (endpoint->length == 0 || endpoint->any.sa_family != AF_INET)
        return;
    unsigned char octets[16];
    memcpy(octets, mapped_prefix, 12);
    memcpy(octets + 12, &endpoint->v4.sin_addr, 4);
    endpoint_set(endpoint, AF_INET6, octets, endpoint_port(endpoint));
}

const char *endpoint_text(const struct endpoint *endpoint, char text[ENDPOINT_TEXT])
{
    char address[INET6_ADDRSTRLEN] = "?";
    size_t count;
    if (endpoint->length == 0)
        return "-";
    inet_ntop(endpoint->any.sa_family, octets_of(endpoint, &count), address, sizeof address);
    snprintf(text, ENDPOINT_TEXT, count == 4 ? "%s:%u" : "[%s]:%u", address, endpoint_port(endpoint));
    return text;
}

void endpoint_store(const struct endpoint *endpoint, struct sockaddr *address, socklen_t *length)
{
    if (!address || !length)
        return;
    memcpy(address, &endpoint->any, *length < endpoint->length ? *length : endpoint->length);
    *length = endpoint->length;
}

bool network_parse(const char *text, size_t length, struct network *network)
{
    char copy[64];
    if (length == 0 || length >= sizeof copy)
        return false;
    memcpy(copy, text, length);
    copy[length] = '\0';

    char *slash = strchr(copy, '/');
    if (slash)
        *slash = '\0';
    memset(network, 0, sizeof *network);
    network->family = strchr(copy, ':') ? AF_INET6 : AF_INET;
    if (inet_pton(network->family, copy, network->octets) != 1)
        return false;

    int widest = network->family == AF_INET ? 32 : 128;
    network->prefix = widest;
    if (slash) {
        char *end;
        long prefix = strtol(slash + 1, &end, 10);
        if (end == slash + 1 || *end || prefix < 0 || prefix > widest)
            return false;
        network->prefix = (int)prefix;
    }
    for (int bit = network->prefix; bit < widest; bit++)
        network->octets[bit / 8] &= (unsigned char)~(0x80u >> bit % 8);
    return true;
}

bool network_contains(const struct network *network, const struct endpoint *endpoint)
{
    struct endpoint plain = *endpoint;
    endpoint_unmap(&plain);
    if (plain.length == 0 || plain.any.sa_family != network->family)
        return false;
    size_t count;
    const unsigned char *octets = octets_of(&plain, &count);
    size_t whole = (size_t)network->prefix / 8;
    if (memcmp(octets, network->octets, whole) != 0)
        return false;
    int rest = network->prefix % 8;
    unsigned mask = rest ? 0xffu << (8 - rest) & 0xffu : 0;
    return rest == 0 || (octets[whole] & mask) == (network->octets[whole] & mask);
}
