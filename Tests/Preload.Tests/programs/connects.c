#include "check.h"

#include <sys/syscall.h>

static void blocking(void)
{
    int fd = connected("echo.test");
    expect_echo(fd);
    CHECK(begin(fd, AF_INET, "echo.test") == -1 && errno == EISCONN);
    close(fd);
}

static void both_ends_have_names(void)
{
    union address to, peer, own;
    socklen_t length = look_up("echo.test", AF_INET, 7, &to), size = sizeof peer;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(getpeername(fd, &peer.any, &size) == -1 && errno == ENOTCONN);
    CHECK(connect(fd, &to.any, length) == 0);
    size = sizeof peer;
    CHECK(getpeername(fd, &peer.any, &size) == 0 && size == length && memcmp(&peer, &to, length) == 0);
    size = sizeof own;
    CHECK(getsockname(fd, &own.any, &size) == 0 && size == sizeof own.v4);
    CHECK(own.v4.sin_addr.s_addr == inet_addr("198.51.100.9") && ntohs(own.v4.sin_port) == 4321);
    close(fd);
}

/* RFC 3089 §5: across families only the port is right. */
static void own_name_across_families(void)
{
    union address own;
    socklen_t size = sizeof own;
    int fd = connected("six-bound.test");
    CHECK(getsockname(fd, &own.any, &size) == 0 && own.any.sa_family == AF_INET);
    CHECK(own.v4.sin_addr.s_addr == INADDR_ANY && ntohs(own.v4.sin_port) == 4321);
    close(fd);
}

static void refusals(void)
{
    static const int errors[] = {0,         ECONNREFUSED, EACCES,       ENETUNREACH,  EHOSTUNREACH,
                                 ECONNREFUSED, ETIMEDOUT, EOPNOTSUPP, EAFNOSUPPORT, EADDRNOTAVAIL};
    for (int code = 1; code <= 9; code++) {
        char name[32];
        snprintf(name, sizeof name, "reply-%d.test", code);
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        CHECK(begin(fd, AF_INET, name) == -1 && errno == errors[code]);
        /* As with the system's own connect, the socket may be used again. */
        CHECK(begin(fd, AF_INET, "echo.test") == 0);
        expect_echo(fd);
        close(fd);
    }
}

static void replies_in_single_octets(void)
{
    int fd = connected("drip.test");
    expect_echo(fd);
    close(fd);
    fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    CHECK(begin(fd, AF_INET, "drip.test") == -1 && errno == EINPROGRESS);
    struct pollfd wait = {.fd = fd, .events = POLLOUT};
    CHECK(poll(&wait, 1, PATIENCE) == 1 && wait.revents == POLLOUT);
    expect_echo(fd);
    close(fd);
}

/* What the destination says at once comes in the same segment as the reply. */
static void early_data(void)
{
    char greeting[7];
    int fd = connected("greeter.test");
    CHECK(recv(fd, greeting, 7, MSG_WAITALL) == 7 && memcmp(greeting, "welcome", 7) == 0);
    expect_echo(fd);
    close(fd);
}

static void ipv6_program(void)
{
    int fd = socket(AF_INET6, SOCK_STREAM, 0);
    CHECK(begin(fd, AF_INET6, "echo.test") == 0);
    expect_echo(fd);
    union address peer;
    socklen_t size = sizeof peer;
    CHECK(getpeername(fd, &peer.any, &size) == 0 && peer.any.sa_family == AF_INET6);
    CHECK(getsockname(fd, &peer.any, &size) == 0 && peer.any.sa_family == AF_INET6);
    CHECK(ntohs(peer.v6.sin6_port) == 4321 && IN6_IS_ADDR_V4MAPPED(&peer.v6.sin6_addr));
    close(fd);
}

/* Java and .NET take an IPv6 socket for everything, and map IPv4 addresses. */
static void mapped_addresses(void)
{
    union address v4, to = {.any.sa_family = AF_INET6};
    look_up("echo.test", AF_INET, 7, &v4);
    to.v6.sin6_port = v4.v4.sin_port;
    to.v6.sin6_addr.s6_addr[10] = to.v6.sin6_addr.s6_addr[11] = 0xff;
    memcpy(to.v6.sin6_addr.s6_addr + 12, &v4.v4.sin_addr, 4);
    int fd = socket(AF_INET6, SOCK_STREAM, 0);
    CHECK(connect(fd, &to.any, sizeof to.v6) == 0);
    expect_echo(fd);
    close(fd);
}

static void literals(void)
{
    union address to;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(connect(fd, &to.any, look_up("192.0.2.7", AF_INET, 7, &to)) == 0);
    CHECK(to.v4.sin_addr.s_addr == inet_addr("192.0.2.7"));
    expect_echo(fd);
    close(fd);
    /* An IPv4-only program that is given an IPv6 literal. */
    fd = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(connect(fd, &to.any, look_up("2001:db8::7", AF_INET, 7, &to)) == 0 && to.any.sa_family == AF_INET);
    expect_echo(fd);
    close(fd);
    /* Sockets take addresses of their own family, as the system's do, and may be used after one that they did not take. */
    fd = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(connect(fd, &to.any, look_up("2001:db8::8", AF_INET6, 7, &to)) == -1 && errno == EAFNOSUPPORT);
    CHECK(begin(fd, AF_INET, "192.0.2.7") == 0);
    close(fd);
    fd = socket(AF_INET6, SOCK_STREAM, 0);
    CHECK(connect(fd, &to.any, look_up("192.0.2.8", AF_INET, 7, &to)) == -1 && errno == EAFNOSUPPORT);
    close(fd);
}

static void unknown_fake_addresses(void)
{
    union address to = {.v4 = {.sin_family = AF_INET, .sin_port = htons(7), .sin_addr = {htonl(0x00fffffe)}}};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(connect(fd, &to.any, sizeof to.v4) == -1 && errno == EHOSTUNREACH);
    close(fd);
}

static void *connect_often(void *unused)
{
    for (int i = 0; i < 25; i++) {
        int fd = connected("echo.test");
        expect_echo(fd);
        close(fd);
    }
    return unused;
}

static void from_many_threads(void)
{
    pthread_t threads[8];
    for (int i = 0; i < 8; i++)
        CHECK(pthread_create(&threads[i], NULL, connect_often, NULL) == 0);
    for (int i = 0; i < 8; i++)
        pthread_join(threads[i], NULL);
}

static void nothing_else_leaves(void)
{
    union address to;
    socklen_t length = look_up("echo.test", AF_INET, 7, &to);
    CHECK(socket(AF_INET, SOCK_RAW, IPPROTO_ICMP) == -1 && errno == EPERM);
    CHECK(socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP) == -1 && errno == EPERM);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(sendto(fd, "x", 1, MSG_FASTOPEN, &to.any, length) == -1 && errno == EOPNOTSUPP);
    close(fd);
    fd = socket(AF_INET, SOCK_DGRAM, 0);
    to.v4.sin_addr.s_addr = inet_addr("224.0.0.251");
    CHECK(sendto(fd, "x", 1, 0, &to.any, length) == -1 && errno == ENETUNREACH);
    close(fd);
}

static void disconnected_and_connected_again(void)
{
    struct sockaddr nobody = {.sa_family = AF_UNSPEC};
    union address peer;
    socklen_t size = sizeof peer;
    int fd = connected("echo.test");
    CHECK(connect(fd, &nobody, sizeof nobody) == 0);
    CHECK(getpeername(fd, &peer.any, &size) == -1 && errno == ENOTCONN);
    CHECK(begin(fd, AF_INET, "echo.test") == 0);
    expect_echo(fd);
    close(fd);
}

static void ignore(int signal)
{
    (void)signal;
}

static void *release_held(void *unused)
{
    tell("await-1.test");
    tell("release-1.test");
    return unused;
}

/* As Python, Perl and the shells have their handlers: the call ends, and the connect goes on. */
static void interrupted(void)
{
    struct pest pest;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    pest_begin(&pest, ignore, 0);
    CHECK(begin(fd, AF_INET, "held.test") == -1 && errno == EINTR);
    pest_end(&pest);
    struct pollfd wait = {.fd = fd, .events = POLLOUT};
    CHECK(poll(&wait, 1, 0) == 0);
    pthread_t thread;
    pthread_create(&thread, NULL, release_held, NULL);
    /* A second one waits for it. */
    CHECK(begin(fd, AF_INET, "held.test") == 0);
    pthread_join(thread, NULL);
    expect_echo(fd);
    close(fd);
}

static void interrupted_but_restarted(void)
{
    struct pest pest;
    pthread_t thread;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    pest_begin(&pest, ignore, SA_RESTART);
    pthread_create(&thread, NULL, release_held, NULL);
    CHECK(begin(fd, AF_INET, "held.test") == 0);
    pthread_join(thread, NULL);
    pest_end(&pest);
    expect_echo(fd);
    close(fd);
}

static void by_raw_calls(void)
{
    union address peer;
    socklen_t size = sizeof peer;
    int fd = connected("echo.test"), copy = (int)syscall(SYS_fcntl, fd, F_DUPFD, 100);
    CHECK(copy >= 100 && syscall(SYS_dup2, fd, 99) == 99);
    CHECK(syscall(SYS_getpeername, copy, &peer, &size) == 0 && peer.v4.sin_port == htons(7));
    CHECK(getpeername(99, &peer.any, &size) == 0 && peer.v4.sin_port == htons(7));
    CHECK(syscall(SYS_write, copy, "raw", 3) == 3);
    char got[3];
    CHECK(syscall(SYS_read, 99, got, 3) == 3 && memcmp(got, "raw", 3) == 0);
    CHECK(syscall(SYS_shutdown, fd, SHUT_RDWR) == 0);
    CHECK(syscall(SYS_close, fd) == 0 && syscall(SYS_close, copy) == 0 && close(99) == 0);
}

/* With SOCKS64_ANSWER=match the program takes another address of the name. */
static void families_match(void)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(begin(fd, AF_INET, "six-bound.test") == -1 && errno == ENETUNREACH);
    CHECK(begin(fd, AF_INET, "echo.test") == 0);
    close(fd);
    fd = socket(AF_INET6, SOCK_STREAM, 0);
    CHECK(begin(fd, AF_INET6, "echo.test") == -1 && errno == ENETUNREACH);
    CHECK(begin(fd, AF_INET6, "six-bound.test") == 0);
    expect_echo(fd);
    close(fd);
    fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    CHECK(begin(fd, AF_INET, "six-bound.test") == -1 && errno == EINPROGRESS);
    struct pollfd wait = {.fd = fd, .events = POLLOUT};
    CHECK(poll(&wait, 1, PATIENCE) == 1 && socket_error(fd) == ENETUNREACH);
    close(fd);
}

int main(int count, char **arguments)
{
    static const struct scenario scenarios[] = {
        {"blocking", blocking},
        {"both_ends_have_names", both_ends_have_names},
        {"own_name_across_families", own_name_across_families},
        {"refusals", refusals},
        {"replies_in_single_octets", replies_in_single_octets},
        {"early_data", early_data},
        {"ipv6_program", ipv6_program},
        {"mapped_addresses", mapped_addresses},
        {"literals", literals},
        {"unknown_fake_addresses", unknown_fake_addresses},
        {"from_many_threads", from_many_threads},
        {"nothing_else_leaves", nothing_else_leaves},
        {"disconnected_and_connected_again", disconnected_and_connected_again},
        {"interrupted", interrupted},
        {"interrupted_but_restarted", interrupted_but_restarted},
        {"by_raw_calls", by_raw_calls},
        {"families_match", families_match},
    };
    alarm(60);
    /* The last one needs a setting of its own. */
    int all = sizeof scenarios / sizeof *scenarios;
    return run_scenarios(scenarios, count > 1 ? all : all - 1, arguments);
}
