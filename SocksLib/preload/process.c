/* The library's life in a process: start, fork, and the end of a slot. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "association.h"
#include "carrier.h"
#include "config.h"
#include "names.h"
#include "pending.h"
#include "real.h"
#include "stream.h"
#include "table.h"

void slot_emptied(struct slot *slot)
{
    if (slot->state == STATE_PENDING)
        pending_abandon(slot);
}

void slot_clean(struct slot *slot)
{
    stream_forget_peer(slot);
    if (slot->association)
        association_free(slot->association);
    slot->association = NULL;
    free(slot->fds);
    free(slot->memberships);
    slot->fds = NULL;
    slot->memberships = NULL;
    slot->fd_count = slot->membership_count = 0;
    slot->error = 0;
    slot->told = slot->bind_wanted = false;
    slot->home = NULL;
}

/* The locks' order: a slot's, then the carrier's, the table's, the names'. */
static void before_fork(void)
{
    carrier_before_fork();
    table_before_fork();
    names_before_fork();
}

static void after_fork_in_parent(void)
{
    names_after_fork();
    table_after_fork_in_parent();
    carrier_after_fork_in_parent();
}

static void leave_to_parent(struct slot *slot)
{
    if (slot->state == STATE_PENDING && slot->pending)
        pending_orphan(slot);
    if (slot->association)
        pthread_mutex_init(&slot->association->opening, NULL);
}

static void after_fork_in_child(void)
{
    names_after_fork();
    table_after_fork_in_child(leave_to_parent);
    carrier_after_fork_in_child();
}

__attribute__((constructor)) static void begin(void)
{
    originals_load();
    settings();
    pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);
}
