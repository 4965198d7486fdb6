/*
 * One SOCKS5 request on one connection to the gateway, from the greeting to the reply. It takes no octet beyond the
 * reply, because what follows belongs to the program, and it never blocks: the caller waits.
 */
#pragma once

#include "wire.h"

enum progress { PROGRESS_READ, PROGRESS_WRITE, PROGRESS_DONE, PROGRESS_FAILED };

struct handshake {
    enum command command;
    struct target target;
    enum { AWAIT_METHOD, AWAIT_LOGIN, AWAIT_REPLY } phase;
    unsigned char out[GREETING_LIMIT + LOGIN_LIMIT + REQUEST_LIMIT];
    size_t out_length, out_done;
    unsigned char in[REPLY_LIMIT];
    size_t in_length, in_wanted;
    struct endpoint bound; /* BND of the reply, once done; length 0 when it was a name */
    int error;             /* for errno, once failed */
};

void handshake_start(struct handshake *handshake, enum command command, const struct target *target);

/* Goes on as far as it can without waiting. */
enum progress handshake_step(struct handshake *handshake, int fd);

/*
 * Goes on to the end, at most until `deadline`. 0, or an errno; EINTR, when `interruptible`, leaves the handshake where
 * it stands.
 */
int handshake_run(struct handshake *handshake, int fd, long long deadline, bool interruptible);

/* Waits for `events` (of poll) until `deadline`; negative for none. 0, ETIMEDOUT or, when `interruptible`, EINTR. */
int wait_for(int fd, short events, long long deadline, bool interruptible);

/* A monotonic clock in milliseconds. */
long long now_milliseconds(void);
