#include "table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "guard.h"
#include "real.h"

#define CHUNK 64

table_entry *_Atomic table_pages[TABLE_PAGES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct slot *free_slots;
static struct slot *chunks[TABLE_PAGES * TABLE_PAGE_SIZE / CHUNK];
static size_t chunk_count;
static _Atomic(pid_t) owner;

/* Zeros that stay for good, or NULL. Not from malloc, in which a signal handler may have interrupted the program. */
static void *lasting(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

/* A slot that nobody holds is on its way to the free list: it must not come back to life. */
static bool hold(struct slot *slot)
{
    unsigned holders = atomic_load(&slot->holders);
    while (holders > 0)
        if (atomic_compare_exchange_weak(&slot->holders, &holders, holders + 1))
            return true;
    return false;
}

struct slot *table_take(int fd)
{
    table_entry *at = table_entry_of(fd);
    struct slot *slot;
    while (at && (slot = atomic_load(at))) {
        if (!hold(slot))
            continue;
        if (atomic_load(at) == slot)
            return slot;
        table_put(slot);
    }
    return NULL;
}

void table_put(struct slot *slot)
{
    if (atomic_fetch_sub(&slot->holders, 1) != 1)
        return;
    slot_clean(slot);
    struct guard guard;
    guard_enter(&guard, &lock);
    slot->next_free = free_slots;
    free_slots = slot;
    guard_leave(&guard);
}

void table_put_held(struct slot **slot)
{
    if (*slot)
        table_put(*slot);
}

/* With the lock held. */
static struct slot *fresh_slot(void)
{
    if (!free_slots) {
        struct slot *chunk = chunk_count < sizeof chunks / sizeof *chunks ? lasting(CHUNK * sizeof *chunk) : NULL;
        if (!chunk)
            return NULL;
        chunks[chunk_count++] = chunk;
        for (int i = 0; i < CHUNK; i++) {
            pthread_mutex_init(&chunk[i].lock, NULL);
            chunk[i].fds = chunk[i].own_fds;
            chunk[i].fd_room = OWN_FDS;
            chunk[i].next_free = free_slots;
            free_slots = &chunk[i];
        }
    }
    struct slot *slot = free_slots;
    free_slots = slot->next_free;
    return slot;
}

static bool make_page(int fd)
{
    if (table_entry_of(fd))
        return true;
    if ((unsigned)fd >= TABLE_PAGES * TABLE_PAGE_SIZE)
        return false;
    table_entry *page = lasting(TABLE_PAGE_SIZE * sizeof *page);
    if (page)
        atomic_store_explicit(&table_pages[fd / TABLE_PAGE_SIZE], page, memory_order_release);
    return page;
}

static bool add_fd(struct slot *slot, int fd)
{
    if (slot->fd_count == slot->fd_room) {
        bool own = slot->fds == slot->own_fds;
        int *grown = realloc(own ? NULL : slot->fds, 2 * slot->fd_room * sizeof *grown);
        if (!grown)
            return false;
        if (own)
            memcpy(grown, slot->own_fds, sizeof slot->own_fds);
        slot->fds = grown;
        slot->fd_room *= 2;
    }
    slot->fds[slot->fd_count++] = fd;
    return true;
}

static unsigned long inode_of(int fd)
{
    struct stat status;
    return fstat(fd, &status) == 0 ? status.st_ino : 0;
}

bool table_add(int fd, int family, int type, enum state state, int *home)
{
    table_forget(fd);
    struct guard guard;
    guard_enter(&guard, &lock);
    owner = getpid();
    struct slot *slot = make_page(fd) ? fresh_slot() : NULL;
    if (slot) {
        slot->state = state;
        slot->family = family;
        slot->type = type;
        slot->home = home;
        slot->inode = inode_of(fd);
        add_fd(slot, fd);
        atomic_store(&slot->holders, 1);
        atomic_store(table_entry_of(fd), slot);
    }
    guard_leave(&guard);
    return slot;
}

/* One for all of them: a connect costs no slots beside its own. */
static struct slot guarded = {.holders = 1, .state = STATE_INTERNAL, .lock = PTHREAD_MUTEX_INITIALIZER};

void table_guard(int fd)
{
    struct guard guard;
    guard_enter(&guard, &lock);
    if (make_page(fd)) {
        atomic_fetch_add(&guarded.holders, 1);
        atomic_store(table_entry_of(fd), &guarded);
    }
    guard_leave(&guard);
}

void table_unguard(int fd)
{
    table_entry *at = table_entry_of(fd);
    struct slot *expected = &guarded;
    if (at && atomic_compare_exchange_strong(at, &expected, NULL))
        atomic_fetch_sub(&guarded.holders, 1);
}

/* A descriptor closed behind our back (by a C library function, a raw call) may be another file by now. */
static bool is_stale(struct slot *slot, int fd)
{
    /* With the lock, because the file may just be exchanged. */
    struct guard inner;
    guard_enter(&inner, &slot->lock);
    bool stale = slot->state == STATE_FRESH && slot->inode != inode_of(fd);
    guard_leave(&inner);
    return stale;
}

struct slot *table_adopt(int fd)
{
    int error = errno;
    struct slot *slot = table_take(fd);
    if (slot && is_stale(slot, fd)) {
        table_put(slot);
        table_forget(fd);
        slot = NULL;
    }
    if (slot)
        return slot;
    int family = 0, type = 0;
    socklen_t length = sizeof family;
    if (REAL(getsockopt)(fd, SOL_SOCKET, SO_DOMAIN, &family, &length) != 0 || (family != AF_INET && family != AF_INET6)) {
        errno = error;
        return NULL;
    }
    length = sizeof type;
    REAL(getsockopt)(fd, SOL_SOCKET, SO_TYPE, &type, &length);
    if (type != SOCK_STREAM && type != SOCK_DGRAM)
        return NULL;
    if (!table_add(fd, family, type, type == SOCK_DGRAM ? STATE_DATAGRAM : STATE_FRESH, NULL))
        errno = ENOBUFS;
    return table_take(fd);
}

void table_duplicate(struct slot *slot, int fd)
{
    table_forget(fd);
    struct guard table, inner;
    guard_enter(&inner, &slot->lock);
    guard_enter(&table, &lock);
    if (make_page(fd) && add_fd(slot, fd)) {
        atomic_fetch_add(&slot->holders, 1);
        atomic_store(table_entry_of(fd), slot);
    }
    guard_leave(&table);
    guard_leave(&inner);
}

static void drop_fd(struct slot *slot, int fd)
{
    for (size_t i = 0; i < slot->fd_count; i++)
        if (slot->fds[i] == fd)
            slot->fds[i--] = slot->fds[--slot->fd_count];
    for (size_t i = 0; i < slot->membership_count; i++)
        if (slot->memberships[i].fd == fd)
            slot->memberships[i--] = slot->memberships[--slot->membership_count];
}

void table_forget(int fd)
{
    struct slot *slot = table_take(fd);
    if (!slot)
        return;
    struct guard inner;
    guard_enter(&inner, &slot->lock);
    struct slot *expected = slot;
    bool ours = atomic_compare_exchange_strong(table_entry_of(fd), &expected, NULL);
    if (ours) {
        drop_fd(slot, fd);
        if (slot->fd_count == 0)
            slot_emptied(slot);
    }
    guard_leave(&inner);
    if (ours)
        table_put(slot);
    table_put(slot);
}

bool table_is_ours(void)
{
    return owner == 0 || owner == getpid();
}

void table_before_fork(void)
{
    pthread_mutex_lock(&lock);
}

void table_after_fork_in_parent(void)
{
    pthread_mutex_unlock(&lock);
}

void table_after_fork_in_child(void (*each)(struct slot *slot))
{
    owner = getpid();
    pthread_mutex_unlock(&lock);
    /* Other threads, which did not come along, may have held a slot's lock. */
    for (size_t c = 0; c < chunk_count; c++)
        for (int i = 0; i < CHUNK; i++) {
            pthread_mutex_init(&chunks[c][i].lock, NULL);
            if (chunks[c][i].holders > 0)
                each(&chunks[c][i]);
        }
}

void table_each(unsigned first, unsigned last, void (*visit)(int fd, struct slot *slot, void *context), void *context)
{
    for (unsigned page = first / TABLE_PAGE_SIZE; page < TABLE_PAGES && page <= last / TABLE_PAGE_SIZE; page++) {
        if (!atomic_load(&table_pages[page]))
            continue;
        for (unsigned i = 0; i < TABLE_PAGE_SIZE; i++) {
            unsigned fd = page * TABLE_PAGE_SIZE + i;
            struct slot *slot = fd >= first && fd <= last ? table_take((int)fd) : NULL;
            if (!slot)
                continue;
            visit((int)fd, slot, context);
            table_put(slot);
        }
    }
}
