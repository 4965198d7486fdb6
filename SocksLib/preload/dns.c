/*
 * The C library's own DNS client, and what else of it looks up names or connects. Its packets leave by calls inside the
 * C library, where nothing can be put in between, so a question asked of it fails as if no server had answered.
 * Programs that bring a DNS client of their own (dig, c-ares) use sockets, and those are carried.
 */
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdint.h>
#include <unistd.h>

#include "hosts.h"
#include "log.h"
#include "real.h"

static int no_server(const char *call)
{
    log_info("%s: a DNS query would leave this host", call);
    h_errno = TRY_AGAIN;
    errno = ECONNREFUSED;
    return -1;
}

/* The parameters differ from call to call, and none is looked at. */
#define REFUSE(name)                                                                                                   \
    HOOK(int, name, (void))                                                                                            \
    {                                                                                                                  \
        return no_server(#name);                                                                                       \
    }

REFUSE(res_query)
REFUSE(res_search)
REFUSE(res_querydomain)
REFUSE(res_send)
REFUSE(res_nquery)
REFUSE(res_nsearch)
REFUSE(res_nquerydomain)
REFUSE(res_nsend)
REFUSE(__res_query)
REFUSE(__res_search)
REFUSE(__res_querydomain)
REFUSE(__res_send)
REFUSE(__res_nquery)
REFUSE(__res_nsearch)
REFUSE(__res_nquerydomain)
REFUSE(__res_nsend)

/* The r-commands of the C library resolve and connect inside it. */
REFUSE(rcmd)
REFUSE(rcmd_af)
REFUSE(rexec)
REFUSE(rexec_af)
REFUSE(ruserok)
REFUSE(ruserok_af)
REFUSE(iruserok)
REFUSE(iruserok_af)

/* Names of networks, which some systems look up in the DNS. */
HOOK(struct netent *, getnetbyname, (const char *name))
{
    (void)name;
    no_server("getnetbyname");
    return NULL;
}

HOOK(struct netent *, getnetbyaddr, (uint32_t network, int family))
{
    (void)network;
    (void)family;
    no_server("getnetbyaddr");
    return NULL;
}

/* The C library resolves the host's name for it; here only /etc/hosts is asked. */
HOOK(long, gethostid, (void))
{
    int32_t id = 0;
    int file = open("/etc/hostid", O_RDONLY | O_CLOEXEC);
    ssize_t count = file >= 0 ? REAL(read)(file, &id, sizeof id) : -1;
    if (file >= 0)
        REAL(close)(file);
    char name[256];
    struct endpoint own;
    if (count == sizeof id || gethostname(name, sizeof name) != 0 || !hosts_find(name, AF_INET, &own))
        return id;
    uint32_t address = own.v4.sin_addr.s_addr;
    return (int32_t)(address << 16 | address >> 16);
}
