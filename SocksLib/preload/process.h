/* A process that came into being without the C library's fork. */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

/* Stands on a page that the kernel empties in whoever gets a copy of the memory; NULL where it cannot. */
extern atomic_bool *process_known;

/* As in a child of fork. */
__attribute__((cold, noinline)) void process_begin_anew(void);

/*
 * Before a socket is made or connected: after _Fork, or clone as a system call, no handler of fork has run, so the
 * tables are still the parent's, and so is the thread that carries handshakes.
 */
static inline void process_check(void)
{
    if (__builtin_expect(process_known && !*process_known, 0))
        process_begin_anew();
}
