/*
 * What the library knows of the program's sockets: one slot per open socket, found by any of its descriptors.
 * A descriptor without a slot costs its hooks two loads. Slots are recycled and their memory is never returned,
 * so a slot may be looked at without a lock before it is held.
 */
#pragma once

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/epoll.h>

#include "address.h"
#include "names.h"

enum state {
    STATE_FRESH,     /* no connect yet, or one that failed */
    STATE_CONNECTED, /* through the gateway */
    STATE_DIRECT,    /* on its own */
    STATE_LISTENING, /* the descriptor is a connection on which the gateway will announce a peer (BIND) */
    STATE_INTERNAL,  /* the library's own */

    /* From here on, data does not go straight to the descriptor. */
    STATE_PENDING,   /* a connect is on its way without its caller; the descriptor shows a placeholder */
    STATE_DATAGRAM   /* UDP */
};

/* The descriptor `fd` stands in the epoll instance `epfd`. */
struct membership {
    int epfd, fd;
    bool present;
    struct epoll_event event;
};

/* Most sockets have no more descriptors, so that neither socket nor close needs malloc: signal handlers call them. */
#define OWN_FDS 4

struct pending;
struct association;

struct slot {
    atomic_uint holders;
    _Atomic enum state state;
    pthread_mutex_t lock; /* for everything below; never held while waiting for the network */
    unsigned long inode;
    int family; /* as the program asked for it */
    int type;
    int *fds; /* own_fds, as long as they fit */
    size_t fd_count, fd_room;
    int own_fds[OWN_FDS];
    struct membership *memberships;
    size_t membership_count, membership_room;
    struct endpoint peer;  /* as the program named it */
    struct name *name;     /* held while `peer` is its fake address */
    struct endpoint bound; /* BND of the gateway's reply, in the program's family; length 0 when it has none */
    int error;             /* the failure of a non-blocking connect that nobody has asked for yet */
    bool told;             /* a non-blocking connect's success was reported by connect itself */
    bool bind_wanted;      /* the program bound it: its name may be asked before it listens */
    struct pending *pending;
    struct association *_Atomic association;
    int *home; /* of an internal descriptor: where its number is written; NULL when it is bound to it */
    struct slot *next_free;
};

typedef struct slot *_Atomic table_entry;
#define TABLE_PAGE_SIZE 1024
#define TABLE_PAGES 1024
extern table_entry *_Atomic table_pages[TABLE_PAGES];

static inline table_entry *table_entry_of(int fd)
{
    if ((unsigned)fd >= TABLE_PAGES * TABLE_PAGE_SIZE)
        return NULL;
    table_entry *page = atomic_load_explicit(&table_pages[fd / TABLE_PAGE_SIZE], memory_order_acquire);
    return page ? &page[fd % TABLE_PAGE_SIZE] : NULL;
}

/* The slot of a descriptor, not held: good for a look at `state` only. */
static inline struct slot *table_peek(int fd)
{
    table_entry *at = table_entry_of(fd);
    return at ? atomic_load_explicit(at, memory_order_acquire) : NULL;
}

/* Holds the slot of a descriptor; NULL when it has none. */
struct slot *table_take(int fd);
void table_put(struct slot *slot);

/* HELD struct slot *slot = table_take(fd); is put back at the end of its scope, also when the thread is cancelled there. */
void table_put_held(struct slot **slot);
#define HELD __attribute__((cleanup(table_put_held)))

/* Makes a slot for a descriptor, whose former one is forgotten; held by the descriptor alone. False without memory. */
bool table_add(int fd, int family, int type, enum state state, int *home);

/*
 * As table_take; a socket of IPv4 or IPv6 that came from elsewhere (inherited, a raw call) gets its slot here. NULL
 * for everything else, and with errno ENOBUFS for one that should have a slot and can have none.
 */
struct slot *table_adopt(int fd);

/* `fd` became another descriptor of the slot's socket. */
void table_duplicate(struct slot *slot, int fd);

/* `fd` is closed, or something else now. */
void table_forget(int fd);

/* Keeps the program away from a descriptor, in STATE_INTERNAL without a home, and lets it near again. */
void table_guard(int fd);
void table_unguard(int fd);

/* False in a child of vfork, which shares this memory but not the descriptors. */
bool table_is_ours(void);

/* Locks around all slots, and what a child does first. */
void table_before_fork(void);
void table_after_fork_in_parent(void);
void table_after_fork_in_child(void (*each)(struct slot *slot));

/* Calls `visit` for every descriptor from first to last that has a slot. */
void table_each(unsigned first, unsigned last, void (*visit)(int fd, struct slot *slot, void *context), void *context);

/* What the rest of the library does, with the lock held, when the last descriptor is gone ... */
void slot_emptied(struct slot *slot);

/* ... and when the last holder is. */
void slot_clean(struct slot *slot);
