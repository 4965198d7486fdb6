/* The library's life in a process: start, fork, and the end of a slot. */
#include "process.h"

#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>

#include "association.h"
#include "carrier.h"
#include "config.h"
#include "exec.h"
#include "listen.h"
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
    /* The arrays stay with the slot: free is nothing for a signal handler, close is. */
    slot->fd_count = slot->membership_count = 0;
    slot->error = 0;
    slot->told = slot->bind_wanted = false;
    slot->home = NULL;
}

/* The locks' order: a slot's, then the listeners', the carrier's, the table's, the names'. */
static sigset_t signals; /* of the thread that forks; under all the locks */

/* A handler that ran between here and the fork could not have any of the locks. */
static void before_fork(void)
{
    sigset_t all, own;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &own);
    listen_before_fork();
    carrier_before_fork();
    table_before_fork();
    names_before_fork();
    signals = own;
}

static void after_fork_in_parent(void)
{
    sigset_t own = signals;
    names_after_fork();
    table_after_fork_in_parent();
    carrier_after_fork_in_parent();
    listen_after_fork();
    pthread_sigmask(SIG_SETMASK, &own, NULL);
}

static void leave_to_parent(struct slot *slot)
{
    if (slot->state == STATE_PENDING && slot->pending)
        pending_orphan(slot);
    if (slot->association)
        association_after_fork(slot->association);
}

atomic_bool *process_known;

static void begin_as_child(void)
{
    table_after_fork_in_child(leave_to_parent);
    carrier_after_fork_in_child();
    if (process_known)
        *process_known = true;
}

static void after_fork_in_child(void)
{
    sigset_t own = signals;
    names_after_fork();
    begin_as_child();
    listen_after_fork();
    pthread_sigmask(SIG_SETMASK, &own, NULL);
}

void process_begin_anew(void)
{
    before_fork();
    after_fork_in_child();
}

/* A child of vfork shares the page as it shares the rest, and changes nothing. */
static void know_process(void)
{
    void *page = mmap(NULL, sizeof *process_known, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED || madvise(page, sizeof *process_known, MADV_WIPEONFORK) != 0)
        return;
    process_known = page;
    *process_known = true;
}

__attribute__((constructor)) static void begin(void)
{
    originals_load();
    exec_remember();
    settings();
    know_process();
    pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);
}
