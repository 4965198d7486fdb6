#include "handshake.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <time.h>

#include "config.h"
#include "log.h"
#include "real.h"

static void await(struct handshake *handshake, int phase, size_t octets)
{
    handshake->phase = phase;
    handshake->in_length = 0;
    handshake->in_wanted = octets;
}

static void say(struct handshake *handshake, size_t length)
{
    handshake->out_length += length;
}

static unsigned char *end_of(struct handshake *handshake)
{
    return handshake->out + handshake->out_length;
}

/* Towards our own gateway the program learns where it really stands: ftp tells its server that address. */
static void say_request(struct handshake *handshake)
{
    bool wished = settings()->flight && handshake->command != COMMAND_UDP_ASSOCIATE;
    say(handshake, wire_request(end_of(handshake), handshake->command, wished ? FLAG_DESTINATION_FAMILY : 0,
                                &handshake->target));
}

void handshake_start(struct handshake *handshake, enum command command, const struct target *target)
{
    const struct settings *known = settings();
    memset(handshake, 0, sizeof *handshake);
    handshake->command = command;
    handshake->target = *target;

    bool login = known->user[0] != '\0';
    unsigned char methods[2];
    size_t count = 0;
    if (!login || !known->flight)
        methods[count++] = METHOD_NONE;
    if (login)
        methods[count++] = METHOD_PASSWORD;
    say(handshake, wire_greeting(end_of(handshake), methods, count));

    /* One method offered leaves the gateway no choice, so what it will ask for can already travel. */
    if (known->flight) {
        if (login)
            say(handshake, wire_login(end_of(handshake), known->user, known->password));
        say_request(handshake);
    }
    await(handshake, AWAIT_METHOD, 2);
}

static enum progress fail(struct handshake *handshake, int error)
{
    handshake->error = error;
    return PROGRESS_FAILED;
}

/* The connection to the gateway itself broke: that is no answer from the destination. */
static enum progress broken(struct handshake *handshake, int error)
{
    char text[ENDPOINT_TEXT];
    log_info("the connection to gateway %s: %s", endpoint_text(&settings()->gateway, text), strerror(error));
    return fail(handshake, handshake->out_done == 0 && error == ECONNREFUSED ? ENETUNREACH : error);
}

static void request(struct handshake *handshake)
{
    if (!settings()->flight)
        say_request(handshake);
    await(handshake, AWAIT_REPLY, REPLY_START);
}

static enum progress method_chosen(struct handshake *handshake)
{
    const struct settings *known = settings();
    if (handshake->in[0] != 5) {
        log_error("the gateway does not speak SOCKS5");
        return fail(handshake, EPROTO);
    }
    if (handshake->in[1] == METHOD_PASSWORD && known->user[0]) {
        if (!known->flight)
            say(handshake, wire_login(end_of(handshake), known->user, known->password));
        await(handshake, AWAIT_LOGIN, 2);
        return PROGRESS_WRITE;
    }
    if (handshake->in[1] != METHOD_NONE || (known->flight && known->user[0])) {
        log_error("the gateway accepts none of the offered authentication methods");
        return fail(handshake, EACCES);
    }
    request(handshake);
    return PROGRESS_WRITE;
}

static enum progress login_answered(struct handshake *handshake)
{
    if (handshake->in[1] != 0) {
        log_error("the gateway refused user %s", settings()->user);
        return fail(handshake, EACCES);
    }
    request(handshake);
    return PROGRESS_WRITE;
}

static enum progress reply_arrived(struct handshake *handshake)
{
    unsigned code = handshake->in[1];
    size_t length = wire_reply_length(handshake->in);
    if (length == 0)
        return fail(handshake, handshake->in[0] == 5 && code ? wire_errno(code) : EPROTO);
    if (handshake->in_length < length) {
        handshake->in_wanted = length;
        return PROGRESS_READ;
    }
    if (code != 0) {
        log_info("the gateway says: %s", wire_reply_text(code));
        return fail(handshake, wire_errno(code));
    }
    wire_reply_bound(handshake->in, &handshake->bound);
    return PROGRESS_DONE;
}

static enum progress answered(struct handshake *handshake)
{
    switch (handshake->phase) {
    case AWAIT_METHOD: return method_chosen(handshake);
    case AWAIT_LOGIN: return login_answered(handshake);
    default: return reply_arrived(handshake);
    }
}

enum progress handshake_step(struct handshake *handshake, int fd)
{
    for (;;) {
        while (handshake->out_done < handshake->out_length) {
            ssize_t sent = REAL(send)(fd, handshake->out + handshake->out_done,
                                      handshake->out_length - handshake->out_done, MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent < 0 && errno == EAGAIN)
                return PROGRESS_WRITE;
            if (sent < 0 && errno != EINTR)
                return broken(handshake, errno);
            if (sent > 0)
                handshake->out_done += (size_t)sent;
        }
        while (handshake->in_length < handshake->in_wanted) {
            ssize_t got = REAL(recv)(fd, handshake->in + handshake->in_length,
                                     handshake->in_wanted - handshake->in_length, MSG_DONTWAIT);
            if (got == 0)
                return broken(handshake, ECONNRESET);
            if (got < 0 && errno == EAGAIN)
                return PROGRESS_READ;
            if (got < 0 && errno != EINTR)
                return broken(handshake, errno);
            if (got > 0)
                handshake->in_length += (size_t)got;
        }
        enum progress progress = answered(handshake);
        if (progress == PROGRESS_DONE || progress == PROGRESS_FAILED)
            return progress;
    }
}

long long now_milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000ll + now.tv_nsec / 1000000;
}

/*
 * True when a signal handler of the program may want to end a call. poll ends for every handler; connect only for those
 * without SA_RESTART (Python's, Perl's and the shells' are such), and which one ran is not to be known.
 */
static bool handlers_interrupt(void)
{
    /* What the program does to itself, and runtimes handle, interrupts no call. */
    sigset_t own;
    sigemptyset(&own);
    static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        sigaddset(&own, faults[i]);

    struct sigaction action;
    for (int number = 1; number <= SIGRTMAX; number++)
        if (!sigismember(&own, number) && sigaction(number, NULL, &action) == 0 && action.sa_handler != SIG_DFL &&
            action.sa_handler != SIG_IGN && !(action.sa_flags & SA_RESTART))
            return true;
    return false;
}

int wait_for(int fd, short events, long long deadline, bool interruptible)
{
    struct pollfd wait = {.fd = fd, .events = events};
    for (;;) {
        long long left = deadline < 0 ? -1 : deadline - now_milliseconds();
        int ready = poll(&wait, 1, deadline < 0 ? -1 : left > 0 ? (int)left : 0);
        if (ready > 0)
            return 0;
        if (ready == 0)
            return ETIMEDOUT;
        if (interruptible && errno == EINTR && handlers_interrupt())
            return EINTR;
    }
}

int handshake_run(struct handshake *handshake, int fd, long long deadline, bool interruptible)
{
    for (;;) {
        enum progress progress = handshake_step(handshake, fd);
        if (progress == PROGRESS_DONE)
            return 0;
        if (progress == PROGRESS_FAILED)
            return handshake->error;
        int error = wait_for(fd, progress == PROGRESS_READ ? POLLIN : POLLOUT, deadline, interruptible);
        if (error != 0)
            return error;
    }
}
