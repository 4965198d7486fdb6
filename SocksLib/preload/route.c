#include "route.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>

#include "config.h"
#include "log.h"
#include "real.h"
#include "swap.h"

static enum route refused(const struct endpoint *to, int error, const char *why)
{
    char text[ENDPOINT_TEXT];
    log_info("%s: %s", endpoint_text(to, text), why);
    errno = error;
    return ROUTE_REFUSED;
}

static void target_name(struct target *target, const char *text)
{
    struct network single;
    if (!strchr(text, '/') && network_parse(text, strlen(text), &single))
        endpoint_set(&target->address, single.family, single.octets, target->port);
    else
        strcpy(target->name, text);
}

bool route_takes(const struct slot *slot, const struct endpoint *to)
{
    return to->any.sa_family == slot->family || (slot->family == AF_INET6 && slot->type == SOCK_DGRAM);
}

enum route route_find(const struct endpoint *to, struct target *target, struct name **name)
{
    const struct settings *known = settings();
    *name = NULL;
    memset(target, 0, sizeof *target);
    target->port = endpoint_port(to);
    if (names_is_fake(to)) {
        *name = names_find(to);
        if (!*name)
            return refused(to, EHOSTUNREACH, "a fake address that belongs to no name");
        target_name(target, (*name)->text);
    } else if (endpoint_is_any(to) || settings_direct(to)) {
        return ROUTE_DIRECT;
    } else if (endpoint_is_multicast(to)) {
        return refused(to, ENETUNREACH, "a multicast or broadcast address, which SOCKS does not carry");
    } else {
        target->address = *to;
        endpoint_unmap(&target->address);
    }
    if (!known->usable) {
        names_release(*name);
        *name = NULL;
        return refused(to, ENETUNREACH, "the settings cannot be used");
    }
    return ROUTE_RELAY;
}

static int family_of(int fd)
{
    int family = AF_UNSPEC;
    socklen_t length = sizeof family;
    REAL(getsockopt)(fd, SOL_SOCKET, SO_DOMAIN, &family, &length);
    return family;
}

/* Whether an IPv6 socket can speak to IPv4-mapped addresses: not when it is bound to an IPv6 address. */
static bool can_be_mapped(int fd)
{
    struct endpoint own = {.length = sizeof own.v6};
    int off = 0, only = 0;
    socklen_t length = sizeof only;
    if (REAL(setsockopt)(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off) != 0 &&
        (REAL(getsockopt)(fd, IPPROTO_IPV6, IPV6_V6ONLY, &only, &length) != 0 || only))
        return false;
    if (REAL(getsockname)(fd, &own.any, &own.length) != 0)
        return false;
    return endpoint_is_any(&own) || IN6_IS_ADDR_V4MAPPED(&own.v6.sin6_addr);
}

int route_adapt(int fd, int type, struct endpoint *endpoint)
{
    int family = family_of(fd);
    if (family == endpoint->any.sa_family || (family != AF_INET && family != AF_INET6))
        return -1;
    if (family == AF_INET6 && can_be_mapped(fd)) {
        endpoint_map(endpoint);
        return -1;
    }
    int other = REAL(socket)(endpoint->any.sa_family, type | SOCK_CLOEXEC, 0);
    if (other < 0)
        return -2;
    swap_copy_options(fd, other);
    return other;
}

void route_present(int family, struct endpoint *endpoint, struct name **name)
{
    *name = NULL;
    if (family == AF_INET6) {
        endpoint_map(endpoint);
        return;
    }
    endpoint_unmap(endpoint);
    if (endpoint->length == 0 || endpoint->any.sa_family == AF_INET)
        return;
    char text[INET6_ADDRSTRLEN];
    inet_ntop(AF_INET6, &endpoint->v6.sin6_addr, text, sizeof text);
    *name = names_register(text);
    if (*name)
        names_address(*name, AF_INET, endpoint_port(endpoint), endpoint);
}

void route_present_own(int family, struct endpoint *endpoint)
{
    static const unsigned char any[4];
    if (family == AF_INET6) {
        endpoint_map(endpoint);
        return;
    }
    endpoint_unmap(endpoint);
    if (endpoint->length && endpoint->any.sa_family == AF_INET6)
        endpoint_set(endpoint, AF_INET, any, endpoint_port(endpoint));
}
