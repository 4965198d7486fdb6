/*
 * A mutex that a signal handler cannot be caught inside: the program may leave a handler by siglongjmp (wget's time
 * limits do), and a lock held at that moment would stay held.
 */
#pragma once

#include <pthread.h>
#include <signal.h>

struct guard {
    pthread_mutex_t *mutex;
    sigset_t signals;
};

static inline void guard_enter(struct guard *guard, pthread_mutex_t *mutex)
{
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &guard->signals);
    pthread_mutex_lock(mutex);
    guard->mutex = mutex;
}

static inline void guard_leave(const struct guard *guard)
{
    pthread_mutex_unlock(guard->mutex);
    pthread_sigmask(SIG_SETMASK, &guard->signals, NULL);
}
