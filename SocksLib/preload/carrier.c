#include "carrier.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "guard.h"
#include "internal.h"
#include "log.h"
#include "real.h"

#define STACK_SIZE (256 * 1024)

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool running;
static int epoll_fd = -1, wake_fd = -1;

/* Oldest first; all have the same time limit, so the first is the first to run out. */
static struct pending *first, **last = &first;

static void link_last(struct pending *pending)
{
    pending->next = NULL;
    pending->link = last;
    *last = pending;
    last = &pending->next;
}

static void unlink_pending(struct pending *pending)
{
    *pending->link = pending->next;
    if (pending->next)
        pending->next->link = pending->link;
    else
        last = pending->link;
}

/* Milliseconds until the first runs out; -1 when there is none. */
static int patience(void)
{
    pthread_mutex_lock(&lock);
    long long left = first ? first->deadline - now_milliseconds() : -1;
    bool any = first;
    pthread_mutex_unlock(&lock);
    return !any ? -1 : left < 0 ? 0 : (int)left;
}

static void advance(struct pending *pending)
{
    if (!pending_advance(pending))
        return;
    pthread_mutex_lock(&lock);
    unlink_pending(pending);
    pthread_mutex_unlock(&lock);
    table_put(pending->slot);
    free(pending);
}

static void expire(void)
{
    for (;;) {
        pthread_mutex_lock(&lock);
        struct pending *pending = first && first->deadline <= now_milliseconds() ? first : NULL;
        pthread_mutex_unlock(&lock);
        if (!pending)
            return;
        advance(pending);
    }
}

/* An event belongs to a pending connect (its address, even) or to a lingering descriptor (odd); 0 is the wake-up. */
static void handle(uint64_t tag)
{
    uint64_t count;
    if (tag == 0) {
        if (REAL(read)(wake_fd, &count, sizeof count) < 0)
            log_debug("woken for nothing");
    } else if (tag & 1) {
        /* A child may have inherited it: closing it here alone would not end the events. */
        carrier_release((int)(tag >> 1));
        internal_release((int)(tag >> 1));
    } else {
        /* The lock under which it was linked, not the event, says that all of it is there to be seen. */
        pthread_mutex_lock(&lock);
        pthread_mutex_unlock(&lock);
        advance((struct pending *)(uintptr_t)tag);
    }
}

static void *carry(void *unused)
{
    struct epoll_event events[64];
    for (;;) {
        int count = epoll_wait(epoll_fd, events, 64, patience());
        for (int i = 0; i < count; i++)
            handle(events[i].data.u64);
        expire();
    }
    return unused;
}

static void watch(int fd, uint32_t events, uint64_t tag)
{
    struct epoll_event event = {.events = events, .data.u64 = tag};
    REAL(epoll_ctl)(epoll_fd, EPOLL_CTL_ADD, fd, &event);
}

static void open_descriptors(void)
{
    int fd = epoll_create1(EPOLL_CLOEXEC);
    if (fd < 0)
        return;
    internal_keep(&epoll_fd, fd);
    REAL(close)(fd);
    fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (fd < 0)
        return;
    internal_keep(&wake_fd, fd);
    REAL(close)(fd);
    watch(wake_fd, EPOLLIN, 0);
}

static bool start(void)
{
    if (wake_fd < 0)
        open_descriptors();
    pthread_attr_t attributes;
    pthread_t thread;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, STACK_SIZE);
    /* The guard has every signal blocked, and the thread inherits that: handlers run in the program's threads only. */
    bool started = wake_fd >= 0 && pthread_create(&thread, &attributes, carry, NULL) == 0;
    pthread_attr_destroy(&attributes);
    return started;
}

bool carrier_ready(void)
{
    struct guard guard;
    guard_enter(&guard, &lock);
    if (!running)
        running = start();
    guard_leave(&guard);
    return running;
}

void carrier_carry(struct pending *pending)
{
    struct guard guard;
    guard_enter(&guard, &lock);
    bool was_idle = !first;
    link_last(pending);
    guard_leave(&guard);
    watch(pending->socket, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, (uintptr_t)pending);
    if (was_idle) {
        uint64_t one = 1;
        if (REAL(write)(wake_fd, &one, sizeof one) < 0)
            log_debug("could not wake the carrier");
    }
}

void carrier_release(int socket)
{
    REAL(epoll_ctl)(epoll_fd, EPOLL_CTL_DEL, socket, NULL);
}

void carrier_linger(int fd)
{
    watch(fd, EPOLLRDHUP, (uint64_t)fd << 1 | 1);
}

void carrier_before_fork(void)
{
    pthread_mutex_lock(&lock);
}

void carrier_after_fork_in_parent(void)
{
    pthread_mutex_unlock(&lock);
}

void carrier_after_fork_in_child(void)
{
    running = false;
    first = NULL;
    last = &first;
    pthread_mutex_unlock(&lock);
    internal_close(&wake_fd);
    internal_close(&epoll_fd);
}
