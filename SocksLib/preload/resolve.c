/* getaddrinfo and getnameinfo, which answer without a query. */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "lookup.h"
#include "real.h"

/*
 * The list comes from the C library's own getaddrinfo, given the address as text, so that services, socket types
 * and freeaddrinfo are its business. Only the canonical name is put right.
 */
static int answer(const char *name, const struct endpoint *address, const char *service, const struct addrinfo *hints,
                  struct addrinfo **result)
{
    char text[INET6_ADDRSTRLEN];
    const void *octets = address->any.sa_family == AF_INET ? (const void *)&address->v4.sin_addr
                                                           : (const void *)&address->v6.sin6_addr;
    inet_ntop(address->any.sa_family, octets, text, sizeof text);
    struct addrinfo numeric = *hints;
    numeric.ai_family = address->any.sa_family;
    numeric.ai_flags = (hints->ai_flags | AI_NUMERICHOST) & ~(AI_ADDRCONFIG | AI_V4MAPPED | AI_ALL);
    int error = REAL(getaddrinfo)(text, service, &numeric, result);
    if (error == 0 && (*result)->ai_canonname) {
        char *copy = strdup(name);
        if (copy) {
            free((*result)->ai_canonname);
            (*result)->ai_canonname = copy;
        }
    }
    return error;
}

static int resolve(const char *node, int family, const char *service, const struct addrinfo *hints,
                   struct addrinfo **result)
{
    struct endpoint address;
    switch (lookup_name(node, family, &address)) {
    case FOUND_NOTHING: return EAI_NONAME;
    case FOUND_NO_ROOM: return EAI_AGAIN;
    default: return answer(node, &address, service, hints, result);
    }
}

HOOK(int, getaddrinfo,
     (const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **result))
{
    struct addrinfo numeric = {.ai_flags = AI_ADDRCONFIG | AI_V4MAPPED};
    if (!node)
        return REAL(getaddrinfo)(node, service, hints, result);
    if (hints)
        numeric = *hints;
    int flags = numeric.ai_flags;
    numeric.ai_flags = (flags | AI_NUMERICHOST) & ~AI_ADDRCONFIG;
    int error = REAL(getaddrinfo)(node, service, &numeric, result);
    if (flags & AI_NUMERICHOST || (error != EAI_NONAME && error != EAI_ADDRFAMILY && error != EAI_NODATA))
        return error;

    numeric.ai_flags = flags;
    bool any = numeric.ai_family == AF_UNSPEC;
    *result = NULL;
    if (any ? settings()->answer4 : numeric.ai_family == AF_INET)
        error = resolve(node, AF_INET, service, &numeric, result);
    if (any ? settings()->answer6 : numeric.ai_family == AF_INET6) {
        while (*result)
            result = &(*result)->ai_next;
        int second = resolve(node, AF_INET6, service, &numeric, result);
        error = second == 0 ? 0 : error;
    }
    return error;
}

HOOK(int, getnameinfo,
     (const struct sockaddr *address, socklen_t length, char *host, socklen_t host_size, char *service,
      socklen_t service_size, int flags))
{
    struct endpoint known;
    if (flags & NI_NUMERICHOST || !host || host_size == 0 || !endpoint_from(&known, address, length))
        return REAL(getnameinfo)(address, length, host, host_size, service, service_size, flags);
    char name[256];
    if (!lookup_address(&known, name, sizeof name)) {
        if (flags & NI_NAMEREQD)
            return EAI_NONAME;
        return REAL(getnameinfo)(address, length, host, host_size, service, service_size, flags | NI_NUMERICHOST);
    }
    if (strlen(name) >= host_size)
        return EAI_OVERFLOW;
    strcpy(host, name);
    if (!service || service_size == 0)
        return 0;
    return REAL(getnameinfo)(address, length, NULL, 0, service, service_size, flags & ~NI_NAMEREQD);
}

struct notice {
    void (*function)(union sigval);
    union sigval value;
};

static void *notify_in_thread(void *argument)
{
    struct notice notice = *(struct notice *)argument;
    free(argument);
    notice.function(notice.value);
    return NULL;
}

static void notify(const struct sigevent *event)
{
    if (event->sigev_notify == SIGEV_SIGNAL) {
        sigqueue(getpid(), event->sigev_signo, event->sigev_value);
    } else if (event->sigev_notify == SIGEV_THREAD) {
        struct notice *notice = malloc(sizeof *notice);
        pthread_t thread;
        if (!notice)
            return;
        *notice = (struct notice){event->sigev_notify_function, event->sigev_value};
        if (pthread_create(&thread, event->sigev_notify_attributes, notify_in_thread, notice) != 0)
            free(notice);
        else if (!event->sigev_notify_attributes)
            pthread_detach(thread);
    }
}

/* Nothing here waits for a server, so the answers are complete when the call returns. */
HOOK(int, getaddrinfo_a, (int mode, struct gaicb *list[], int count, struct sigevent *event))
{
    for (int i = 0; i < count; i++)
        if (list[i])
            list[i]->__return =
                hook_getaddrinfo(list[i]->ar_name, list[i]->ar_service, list[i]->ar_request, &list[i]->ar_result);
    if (mode == GAI_NOWAIT && event)
        notify(event);
    return 0;
}
