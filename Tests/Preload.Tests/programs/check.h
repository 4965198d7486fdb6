/* What the test programs share. Each runs the scenario that its argument names, or all of them. */
#pragma once

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHECK(condition)                                                                                               \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "%s:%d: %s (errno %d: %s)\n", __FILE__, __LINE__, #condition, errno, strerror(errno));     \
            exit(1);                                                                                                   \
        }                                                                                                              \
    } while (0)

#define PATIENCE 20000

/* Sends a signal to a thread again and again until told to stop: what it interrupts is left to chance. */
struct pest {
    pthread_t target, thread;
    atomic_bool done;
};

static inline void *pester(void *argument)
{
    struct pest *pest = argument;
    while (!pest->done) {
        pthread_kill(pest->target, SIGUSR1);
        usleep(100);
    }
    return NULL;
}

static inline void pest_begin(struct pest *pest, void (*handler)(int), int flags)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
    sigaction(SIGUSR1, &action, NULL);
    pest->target = pthread_self();
    pest->done = false;
    pthread_create(&pest->thread, NULL, pester, pest);
}

static inline void pest_end(struct pest *pest)
{
    pest->done = true;
    pthread_join(pest->thread, NULL);
}

union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

struct scenario {
    const char *name;
    void (*run)(void);
};

static inline socklen_t look_up(const char *name, int family, unsigned port, union address *address)
{
    struct addrinfo hints = {.ai_family = family, .ai_socktype = SOCK_STREAM}, *list = NULL;
    char service[8];
    snprintf(service, sizeof service, "%u", port);
    int error = getaddrinfo(name, service, &hints, &list);
    if (error) {
        fprintf(stderr, "getaddrinfo %s: %s\n", name, gai_strerror(error));
        exit(1);
    }
    socklen_t length = list->ai_addrlen;
    memcpy(address, list->ai_addr, length);
    freeaddrinfo(list);
    return length;
}

/* Begins a connect to a name; its result stays in errno. */
static inline int begin(int fd, int family, const char *name)
{
    union address to;
    socklen_t length = look_up(name, family, 7, &to);
    errno = 0;
    return connect(fd, &to.any, length);
}

static inline int connected(const char *name)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(fd >= 0);
    CHECK(begin(fd, AF_INET, name) == 0);
    return fd;
}

/* A blocking exchange with the gateway's side of the stage. */
static inline void tell(const char *name)
{
    CHECK(close(connected(name)) == 0);
}

static inline void set_blocking(int fd, bool blocking)
{
    int flags = fcntl(fd, F_GETFL);
    CHECK(fcntl(fd, F_SETFL, blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK) == 0);
}

static inline void expect_echo(int fd)
{
    char sent[] = "round trip", got[sizeof sent];
    set_blocking(fd, true);
    CHECK(send(fd, sent, sizeof sent, 0) == sizeof sent);
    CHECK(recv(fd, got, sizeof got, MSG_WAITALL) == sizeof got);
    CHECK(memcmp(sent, got, sizeof sent) == 0);
}

static inline int socket_error(int fd)
{
    int error = -1;
    socklen_t length = sizeof error;
    CHECK(getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) == 0);
    return error;
}

static inline int run_scenarios(const struct scenario *scenarios, int count, char **arguments)
{
    int ran = 0;
    for (int i = 0; i < count; i++)
        if (!arguments[1] || strcmp(arguments[1], scenarios[i].name) == 0) {
            scenarios[i].run();
            printf("%s\n", scenarios[i].name);
            ran++;
        }
    return ran ? 0 : 2;
}

#define MAIN(...)                                                                                                      \
    int main(int count, char **arguments)                                                                              \
    {                                                                                                                  \
        static const struct scenario scenarios[] = {__VA_ARGS__};                                                      \
        (void)count;                                                                                                   \
        alarm(60);                                                                                                     \
        return run_scenarios(scenarios, sizeof scenarios / sizeof *scenarios, arguments);                              \
    }
