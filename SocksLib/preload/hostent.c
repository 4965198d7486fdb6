/* The older resolver calls: gethostbyname and its relatives. */
#include <errno.h>
#include <netdb.h>
#include <stdint.h>
#include <string.h>

#include "lookup.h"
#include "real.h"

#define BUFFER_SIZE 512

/* Lays a host entry with one address out in the caller's buffer: ERANGE when it does not fit. */
static int fill(struct hostent *entry, char *buffer, size_t size, const char *name, const struct endpoint *address)
{
    size_t skip = (size_t)(-(uintptr_t)buffer % sizeof(char *));
    size_t octets = address->any.sa_family == AF_INET ? 4 : 16;
    size_t length = strlen(name) + 1;
    if (size < skip + 3 * sizeof(char *) + octets + length)
        return ERANGE;
    char **pointers = (char **)(void *)(buffer + skip);
    char *copy = (char *)(pointers + 3);
    memcpy(copy, octets == 4 ? (const void *)&address->v4.sin_addr : (const void *)&address->v6.sin6_addr, octets);
    memcpy(copy + octets, name, length);
    pointers[0] = copy;
    pointers[1] = NULL;
    pointers[2] = NULL;
    *entry = (struct hostent){.h_name = copy + octets,
                              .h_aliases = pointers + 2,
                              .h_addrtype = address->any.sa_family,
                              .h_length = (int)octets,
                              .h_addr_list = pointers};
    return 0;
}

/* The error is told twice, as the C library does: there are callers that look at errno. */
static int give(struct hostent *entry, char *buffer, size_t size, const char *name, const struct endpoint *address,
                struct hostent **result, int *error)
{
    int status = fill(entry, buffer, size, name, address);
    *error = status ? NETDB_INTERNAL : NETDB_SUCCESS;
    *result = status ? NULL : entry;
    if (status)
        errno = status;
    return status;
}

static int by_name(const char *name, int family, struct hostent *entry, char *buffer, size_t size,
                   struct hostent **result, int *error)
{
    struct endpoint address;
    *result = NULL;
    if (family != AF_INET && family != AF_INET6) {
        *error = NETDB_INTERNAL;
        return EAFNOSUPPORT;
    }
    switch (lookup_name(name, family, &address)) {
    case FOUND_NOTHING: *error = HOST_NOT_FOUND; return 0;
    case FOUND_NO_ROOM: *error = TRY_AGAIN; return EAGAIN;
    default: return give(entry, buffer, size, name, &address, result, error);
    }
}

static int by_address(const void *octets, socklen_t length, int family, struct hostent *entry, char *buffer,
                      size_t size, struct hostent **result, int *error)
{
    struct endpoint address;
    char name[256];
    *result = NULL;
    if (!(family == AF_INET && length == 4) && !(family == AF_INET6 && length == 16)) {
        *error = NETDB_INTERNAL;
        return EINVAL;
    }
    endpoint_set(&address, family, octets, 0);
    if (!lookup_address(&address, name, sizeof name)) {
        *error = HOST_NOT_FOUND;
        return 0;
    }
    return give(entry, buffer, size, name, &address, result, error);
}

/* What the calls without a buffer return points here: per thread, so that a storm of them cannot mix the answers. */
static __thread struct hostent last;
static __thread char last_buffer[BUFFER_SIZE];

HOOK(struct hostent *, gethostbyname2, (const char *name, int family))
{
    struct hostent *result;
    int error;
    int status = by_name(name, family, &last, last_buffer, sizeof last_buffer, &result, &error);
    if (!result) {
        h_errno = error;
        errno = status ? status : errno;
    }
    return result;
}

HOOK(struct hostent *, gethostbyname, (const char *name))
{
    return hook_gethostbyname2(name, AF_INET);
}

HOOK(int, gethostbyname2_r,
     (const char *name, int family, struct hostent *entry, char *buffer, size_t size, struct hostent **result,
      int *error))
{
    return by_name(name, family, entry, buffer, size, result, error);
}

HOOK(int, gethostbyname_r,
     (const char *name, struct hostent *entry, char *buffer, size_t size, struct hostent **result, int *error))
{
    return by_name(name, AF_INET, entry, buffer, size, result, error);
}

HOOK(struct hostent *, gethostbyaddr, (const void *octets, socklen_t length, int family))
{
    struct hostent *result;
    int error;
    by_address(octets, length, family, &last, last_buffer, sizeof last_buffer, &result, &error);
    if (!result)
        h_errno = error;
    return result;
}

HOOK(int, gethostbyaddr_r,
     (const void *octets, socklen_t length, int family, struct hostent *entry, char *buffer, size_t size,
      struct hostent **result, int *error))
{
    return by_address(octets, length, family, entry, buffer, size, result, error);
}
