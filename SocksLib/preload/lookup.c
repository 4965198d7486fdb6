#include "lookup.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "config.h"
#include "hosts.h"
#include "log.h"
#include "names.h"

/* RFC 1928 carries up to 255 octets; blanks and controls belong to no host name, and to no log line. */
static bool is_plausible(const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)name[i] <= ' ' || name[i] == 0x7f || name[i] == '/')
            return false;
    return length > 0 && length <= 255;
}

static bool is_this_host(const char *name)
{
    char own[256];
    return gethostname(own, sizeof own) == 0 && strcasecmp(own, name) == 0;
}

/* Names that mean this host, and names that /etc/hosts puts into a direct network, are known here. */
static bool find_here(const char *name, int family, struct endpoint *address)
{
    bool own = is_this_host(name);
    if (hosts_find(name, family, address))
        return own || hosts_is_loopback_name(name) || settings_direct(address);
    return own && hosts_find("localhost", family, address);
}

static bool is_literal(const char *name, int family, struct endpoint *address)
{
    struct in_addr v4;
    struct in6_addr v6;
    if (family == AF_INET && inet_aton(name, &v4))
        endpoint_set(address, AF_INET, &v4, 0);
    else if (family == AF_INET6 && inet_pton(AF_INET6, name, &v6) == 1)
        endpoint_set(address, AF_INET6, &v6, 0);
    else
        return false;
    return true;
}

enum found lookup_name(const char *name, int family, struct endpoint *address)
{
    if (is_literal(name, family, address) || find_here(name, family, address))
        return FOUND;
    if (!is_plausible(name))
        return FOUND_NOTHING;
    /* A literal of the other family is a name like any other: RFC 3089 §3. */
    struct name *known = names_register(name);
    if (!known)
        return FOUND_NO_ROOM;
    names_address(known, family, 0, address);
    char text[ENDPOINT_TEXT];
    log_debug("%s is %s", name, endpoint_text(address, text));
    names_release(known);
    return FOUND;
}

bool lookup_address(const struct endpoint *address, char *name, size_t size)
{
    struct name *known = names_find(address);
    if (!known)
        return hosts_name(address, name, size);
    bool fits = strlen(known->text) < size;
    if (fits)
        strcpy(name, known->text);
    names_release(known);
    return fits;
}
