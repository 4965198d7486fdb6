/* "held" is answered when somebody connects to "release-1", and "await-1" is answered when "held" has been asked for. */
#include "check.h"

#include <sys/prctl.h>
#include <sys/resource.h>

static int held(const char *name)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    CHECK(begin(fd, AF_INET, name) == -1 && errno == EINPROGRESS);
    tell("await-1.test");
    return fd;
}

static short events_of(int fd, int milliseconds)
{
    struct pollfd wait = {.fd = fd, .events = POLLIN | POLLOUT};
    return poll(&wait, 1, milliseconds) == 1 ? wait.revents : 0;
}

static void not_ready_before_the_reply(void)
{
    int fd = held("held.test");
    CHECK(events_of(fd, 0) == 0);
    CHECK(begin(fd, AF_INET, "held.test") == -1 && errno == EALREADY);
    CHECK(send(fd, "x", 1, MSG_NOSIGNAL) == -1 && errno == EAGAIN);
    CHECK(socket_error(fd) == 0);
    union address peer;
    socklen_t size = sizeof peer;
    CHECK(getpeername(fd, &peer.any, &size) == -1 && errno == ENOTCONN);
    tell("release-1.test");
    CHECK(events_of(fd, PATIENCE) == POLLOUT);
    CHECK(socket_error(fd) == 0);
    CHECK(begin(fd, AF_INET, "held.test") == 0);
    CHECK(begin(fd, AF_INET, "held.test") == -1 && errno == EISCONN);
    expect_echo(fd);
    close(fd);
}

static void with_select(void)
{
    int fd = held("held.test");
    fd_set writable;
    FD_ZERO(&writable);
    FD_SET(fd, &writable);
    struct timeval none = {0}, patience = {.tv_sec = PATIENCE / 1000};
    CHECK(select(fd + 1, NULL, &writable, NULL, &none) == 0);
    tell("release-1.test");
    FD_SET(fd, &writable);
    CHECK(select(fd + 1, NULL, &writable, NULL, &patience) == 1 && FD_ISSET(fd, &writable));
    expect_echo(fd);
    close(fd);
}

static void add(int epfd, int fd, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.u64 = 0x1234567890abcdef};
    CHECK(epoll_ctl(epfd, EPOLL_CTL_ADD, fd, &event) == 0);
}

static uint32_t next_event(int epfd, int milliseconds)
{
    struct epoll_event event = {0};
    int count = epoll_wait(epfd, &event, 1, milliseconds);
    CHECK(count == 0 || event.data.u64 == 0x1234567890abcdef);
    return count == 1 ? event.events : 0;
}

static void epoll_from_before(uint32_t trigger)
{
    int epfd = epoll_create1(EPOLL_CLOEXEC), fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    add(epfd, fd, EPOLLIN | EPOLLOUT | trigger);
    next_event(epfd, 0);
    CHECK(begin(fd, AF_INET, "held.test") == -1 && errno == EINPROGRESS);
    tell("await-1.test");
    CHECK(next_event(epfd, 0) == 0);
    tell("release-1.test");
    CHECK(next_event(epfd, PATIENCE) == EPOLLOUT);
    CHECK(socket_error(fd) == 0);
    expect_echo(fd);
    struct epoll_event event = {.events = EPOLLIN};
    CHECK(epoll_ctl(epfd, EPOLL_CTL_MOD, fd, &event) == 0);
    CHECK(epoll_ctl(epfd, EPOLL_CTL_DEL, fd, NULL) == 0);
    close(fd);
    close(epfd);
}

static void with_level_triggered_epoll(void)
{
    epoll_from_before(0);
}

static void with_edge_triggered_epoll(void)
{
    epoll_from_before(EPOLLET);
}

static void with_epoll_joined_late(void)
{
    int epfd = epoll_create1(EPOLL_CLOEXEC), fd = held("held.test");
    add(epfd, fd, EPOLLIN);
    struct epoll_event event = {.events = EPOLLOUT, .data.u64 = 0x1234567890abcdef};
    CHECK(epoll_ctl(epfd, EPOLL_CTL_MOD, fd, &event) == 0);
    CHECK(next_event(epfd, 0) == 0);
    tell("release-1.test");
    CHECK(next_event(epfd, PATIENCE) == EPOLLOUT);
    expect_echo(fd);
    close(fd);
    close(epfd);
}

static void *wait_in_poll(void *argument)
{
    return (void *)(intptr_t)events_of(*(int *)argument, PATIENCE);
}

/* A thread that was waiting before the reply came. */
static void wakes_a_waiting_thread(void)
{
    int fd = held("held.test");
    pthread_t thread;
    void *events;
    CHECK(pthread_create(&thread, NULL, wait_in_poll, &fd) == 0);
    usleep(50000);
    tell("release-1.test");
    pthread_join(thread, &events);
    CHECK((intptr_t)events == POLLOUT);
    expect_echo(fd);
    close(fd);

    fd = held("held-reply-5.test");
    CHECK(pthread_create(&thread, NULL, wait_in_poll, &fd) == 0);
    usleep(50000);
    tell("release-1.test");
    pthread_join(thread, &events);
    CHECK((intptr_t)events & POLLOUT);
    CHECK(socket_error(fd) == ECONNREFUSED);
    close(fd);
}

static void failures(void)
{
    int fd = held("held-reply-4.test");
    tell("release-1.test");
    CHECK(events_of(fd, PATIENCE) & POLLOUT);
    CHECK(socket_error(fd) == EHOSTUNREACH);
    CHECK(socket_error(fd) == 0);
    set_blocking(fd, true);
    CHECK(begin(fd, AF_INET, "echo.test") == 0);
    expect_echo(fd);
    close(fd);

    /* Some programs call connect again to learn what became of it. */
    int epfd = epoll_create1(0);
    fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    add(epfd, fd, EPOLLOUT | EPOLLET);
    next_event(epfd, 0);
    CHECK(begin(fd, AF_INET, "reply-5.test") == -1 && errno == EINPROGRESS);
    CHECK(next_event(epfd, PATIENCE) & EPOLLOUT);
    CHECK(begin(fd, AF_INET, "reply-5.test") == -1 && errno == ECONNREFUSED);
    close(fd);
    close(epfd);
}

static void duplicates(void)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), early = dup(fd);
    CHECK(begin(fd, AF_INET, "held.test") == -1 && errno == EINPROGRESS);
    tell("await-1.test");
    int late = fcntl(fd, F_DUPFD_CLOEXEC, 100);
    CHECK(close(fd) == 0);
    tell("release-1.test");
    CHECK(events_of(early, PATIENCE) == POLLOUT);
    CHECK(events_of(late, 0) == POLLOUT);
    CHECK(fcntl(late, F_GETFD) == FD_CLOEXEC && fcntl(early, F_GETFD) == 0);
    expect_echo(early);
    expect_echo(late);
    close(early);
    close(late);
}

static void closed_before_the_reply(void)
{
    int fd = held("held.test");
    CHECK(close(fd) == 0);
    int next = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(next == fd);
    tell("release-1.test");
    CHECK(begin(next, AF_INET, "echo.test") == 0);
    expect_echo(next);
    close(next);
}

static void flags_and_options(void)
{
    int fd = held("held.test"), on = 1, value = 0;
    socklen_t length = sizeof value;
    CHECK(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0);
    CHECK(fcntl(fd, F_SETFD, 0) == 0);
    set_blocking(fd, true);
    tell("release-1.test");
    CHECK(events_of(fd, PATIENCE) == POLLOUT);
    CHECK(getsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &value, &length) == 0 && value == 1);
    CHECK(fcntl(fd, F_GETFD) == 0 && !(fcntl(fd, F_GETFL) & O_NONBLOCK));
    expect_echo(fd);
    close(fd);
}

static void forked_meanwhile(void)
{
    int fd = held("held.test");
    pid_t child = fork();
    if (child == 0) {
        /* The connect is the parent's; the child's own ones work. */
        CHECK(socket_error(fd) == ECONNABORTED);
        int own = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        CHECK(begin(own, AF_INET, "echo.test") == -1 && errno == EINPROGRESS);
        CHECK(events_of(own, PATIENCE) == POLLOUT);
        expect_echo(own);
        _exit(0);
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    tell("release-1.test");
    CHECK(events_of(fd, PATIENCE) == POLLOUT);
    expect_echo(fd);
    close(fd);
}

static void many_at_once(void)
{
    enum { COUNT = 200 };
    int epfd = epoll_create1(0), fds[COUNT], ready = 0;
    for (int i = 0; i < COUNT; i++) {
        fds[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        CHECK(begin(fds[i], AF_INET, "echo.test") == -1 && errno == EINPROGRESS);
        struct epoll_event event = {.events = EPOLLOUT | EPOLLONESHOT, .data.fd = fds[i]};
        CHECK(epoll_ctl(epfd, EPOLL_CTL_ADD, fds[i], &event) == 0);
    }
    while (ready < COUNT) {
        struct epoll_event events[32];
        int count = epoll_wait(epfd, events, 32, PATIENCE);
        CHECK(count > 0);
        for (int i = 0; i < count; i++, ready++) {
            CHECK(events[i].events == EPOLLOUT);
            expect_echo(events[i].data.fd);
        }
    }
    for (int i = 0; i < COUNT; i++)
        close(fds[i]);
    close(epfd);
}

static void gateway_away(void)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (begin(fd, AF_INET, "echo.test") == -1 && errno == EINPROGRESS) {
        CHECK(events_of(fd, PATIENCE) & POLLOUT);
        CHECK(socket_error(fd) == ENETUNREACH);
    } else {
        CHECK(errno == ENETUNREACH);
    }
    close(fd);
    fd = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(begin(fd, AF_INET, "echo.test") == -1 && errno == ENETUNREACH);
    close(fd);
}

static void silent_gateway(void)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    CHECK(begin(fd, AF_INET, "silent.test") == -1 && errno == EINPROGRESS);
    CHECK(events_of(fd, PATIENCE) & POLLOUT);
    CHECK(socket_error(fd) == ETIMEDOUT);
    close(fd);
    fd = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(begin(fd, AF_INET, "silent.test") == -1 && errno == ETIMEDOUT);
    close(fd);
}

static pid_t child_that_stays(void)
{
    pid_t child = fork();
    if (child == 0) {
        /* Not longer than the test, should that fail. */
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;)
            pause();
    }
    return child;
}

static void end(pid_t child)
{
    kill(child, SIGKILL);
    CHECK(waitpid(child, NULL, 0) == child);
}

/* What children inherit keeps the library's own descriptors open behind its back. */
static void children_that_stay(void)
{
    int fd = held("held.test");
    pid_t first = child_that_stays();
    tell("release-1.test");
    CHECK(events_of(fd, PATIENCE) == POLLOUT && socket_error(fd) == 0);
    pid_t second = child_that_stays();
    end(first);
    for (int i = 0; i < 20; i++) {
        int next = held("held.test");
        tell("release-1.test");
        CHECK(events_of(next, PATIENCE) == POLLOUT && socket_error(next) == 0);
        expect_echo(next);
        close(next);
    }
    expect_echo(fd);
    close(fd);
    end(second);
}

static void given_up(void)
{
    struct sockaddr nobody = {.sa_family = AF_UNSPEC};
    int fd = held("held.test"), on = 1;
    CHECK(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0);
    CHECK(connect(fd, &nobody, sizeof nobody) == 0);
    CHECK(begin(fd, AF_INET, "echo.test") == -1 && errno == EINPROGRESS);
    CHECK(events_of(fd, PATIENCE) == POLLOUT && socket_error(fd) == 0);
    on = 0;
    socklen_t length = sizeof on;
    CHECK(getsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, &length) == 0 && on);
    tell("release-1.test");
    expect_echo(fd);
    close(fd);
}

static void *release_one(void *unused)
{
    tell("release-1.test");
    return unused;
}

/* A program that blocks from here on: what it writes waits for the connection. */
static void written_before_the_reply(void)
{
    int fd = held("held.test");
    pthread_t thread;
    char got[5];
    set_blocking(fd, true);
    pthread_create(&thread, NULL, release_one, NULL);
    CHECK(write(fd, "early", 5) == 5);
    CHECK(recv(fd, got, 5, MSG_WAITALL) == 5 && memcmp(got, "early", 5) == 0);
    pthread_join(thread, NULL);
    close(fd);
}

/* A connect in the background needs three descriptors; with fewer left, it is made in the caller's time. */
static void with_few_descriptors_left(void)
{
    struct rlimit all, few = {.rlim_cur = 64};
    CHECK(getrlimit(RLIMIT_NOFILE, &all) == 0);
    few.rlim_max = all.rlim_max;
    for (int left = 0; left < 5; left++) {
        union address to;
        int fillers[64], count = 0, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        socklen_t length = look_up("echo.test", AF_INET, 7, &to);
        CHECK(setrlimit(RLIMIT_NOFILE, &few) == 0);
        while (count < 64 && (fillers[count] = dup(2)) >= 0)
            count++;
        for (int i = 0; i < left; i++)
            close(fillers[--count]);
        CHECK(connect(fd, &to.any, length) == 0 || errno == EINPROGRESS);
        CHECK(events_of(fd, PATIENCE) == POLLOUT && socket_error(fd) == 0);
        while (count > 0)
            close(fillers[--count]);
        CHECK(setrlimit(RLIMIT_NOFILE, &all) == 0);
        expect_echo(fd);
        close(fd);
    }
}

int main(int count, char **arguments)
{
    static const struct scenario scenarios[] = {
        {"not_ready_before_the_reply", not_ready_before_the_reply},
        {"with_select", with_select},
        {"with_level_triggered_epoll", with_level_triggered_epoll},
        {"with_edge_triggered_epoll", with_edge_triggered_epoll},
        {"with_epoll_joined_late", with_epoll_joined_late},
        {"wakes_a_waiting_thread", wakes_a_waiting_thread},
        {"failures", failures},
        {"duplicates", duplicates},
        {"closed_before_the_reply", closed_before_the_reply},
        {"flags_and_options", flags_and_options},
        {"forked_meanwhile", forked_meanwhile},
        {"many_at_once", many_at_once},
        {"children_that_stay", children_that_stay},
        {"given_up", given_up},
        {"written_before_the_reply", written_before_the_reply},
        {"with_few_descriptors_left", with_few_descriptors_left},
        {"gateway_away", gateway_away},
        {"silent_gateway", silent_gateway},
    };
    alarm(60);
    /* The last two need a gateway of their own. */
    int all = sizeof scenarios / sizeof *scenarios;
    return run_scenarios(scenarios, count > 1 ? all : all - 2, arguments);
}
