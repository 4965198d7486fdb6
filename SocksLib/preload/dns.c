/*
 * The C library's own DNS client. Its packets leave by calls inside the C library, where nothing can be put in
 * between, so a question asked of it fails as if no server had answered. Programs that bring a DNS client of their
 * own (dig, c-ares) use sockets, and those are carried.
 */
#include <errno.h>
#include <netdb.h>

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
