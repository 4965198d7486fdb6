/* Run with SOCKS64_BIND=on. The gateway listens at 198.51.100.1; "caller" has 198.51.100.77:7 call there. */
#include "check.h"

static int bound(int family, int flags)
{
    union address any = {.any.sa_family = (sa_family_t)family};
    int fd = socket(family, SOCK_STREAM | flags, 0);
    CHECK(bind(fd, &any.any, family == AF_INET ? sizeof any.v4 : sizeof any.v6) == 0);
    return fd;
}

static void accepts(void)
{
    union address own, peer;
    socklen_t size = sizeof own;
    int fd = bound(AF_INET, 0);
    /* ftp asks for the port before it listens. */
    CHECK(getsockname(fd, &own.any, &size) == 0 && own.v4.sin_addr.s_addr == inet_addr("198.51.100.1"));
    unsigned port = own.v4.sin_port;
    CHECK(listen(fd, 1) == 0);
    CHECK(getsockname(fd, &own.any, &size) == 0 && own.v4.sin_port == port);
    int listening = 0;
    size = sizeof listening;
    CHECK(getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) == 0 && listening);
    tell("caller.test");
    size = sizeof peer;
    int accepted = accept(fd, &peer.any, &size);
    CHECK(accepted >= 0 && peer.v4.sin_addr.s_addr == inet_addr("198.51.100.77") && peer.v4.sin_port == htons(7));
    size = sizeof peer;
    CHECK(getpeername(accepted, &peer.any, &size) == 0 && peer.v4.sin_port == htons(7));
    CHECK(getsockname(accepted, &own.any, &size) == 0 && own.v4.sin_port == port);
    expect_echo(accepted);
    close(accepted);

    tell("caller.test");
    accepted = accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    CHECK(accepted >= 0 && fcntl(accepted, F_GETFL) & O_NONBLOCK && fcntl(accepted, F_GETFD) == FD_CLOEXEC);
    expect_echo(accepted);
    close(accepted);
    close(fd);
}

static void readable_when_somebody_calls(void)
{
    int fd = bound(AF_INET, SOCK_NONBLOCK), epfd = epoll_create1(0);
    CHECK(listen(fd, 1) == 0);
    CHECK(accept(fd, NULL, NULL) == -1 && errno == EAGAIN);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    CHECK(epoll_ctl(epfd, EPOLL_CTL_ADD, fd, &event) == 0);
    for (int turn = 0; turn < 3; turn++) {
        CHECK(epoll_wait(epfd, &event, 1, 0) == 0);
        tell("caller.test");
        CHECK(epoll_wait(epfd, &event, 1, PATIENCE) == 1 && event.data.fd == fd);
        int accepted = accept(fd, NULL, NULL);
        CHECK(accepted >= 0 && !(fcntl(accepted, F_GETFL) & O_NONBLOCK));
        expect_echo(accepted);
        close(accepted);
    }
    close(fd);
    close(epfd);
}

static void ipv6_program(void)
{
    union address peer;
    socklen_t size = sizeof peer;
    int fd = bound(AF_INET6, 0);
    CHECK(listen(fd, 1) == 0);
    tell("caller.test");
    int accepted = accept(fd, &peer.any, &size);
    CHECK(accepted >= 0 && peer.any.sa_family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&peer.v6.sin6_addr));
    expect_echo(accepted);
    close(accepted);
    close(fd);
}

/* A caller from an IPv6 address gets a fake one in an IPv4 program, and can be called back. */
static void ipv6_caller(void)
{
    union address peer;
    socklen_t size = sizeof peer;
    int fd = bound(AF_INET, 0);
    CHECK(listen(fd, 1) == 0);
    tell("caller-six.test");
    int accepted = accept(fd, &peer.any, &size);
    CHECK(accepted >= 0 && peer.any.sa_family == AF_INET && (ntohl(peer.v4.sin_addr.s_addr) >> 24) == 0);
    char host[64];
    CHECK(getnameinfo(&peer.any, size, host, sizeof host, NULL, 0, 0) == 0 && strcmp(host, "2001:db8::77") == 0);
    expect_echo(accepted);
    close(accepted);
    close(fd);
}

static void bound_and_connected(void)
{
    union address own;
    socklen_t size = sizeof own;
    int fd = bound(AF_INET, 0);
    CHECK(begin(fd, AF_INET, "echo.test") == 0);
    expect_echo(fd);
    close(fd);
    fd = bound(AF_INET, 0);
    CHECK(getsockname(fd, &own.any, &size) == 0);
    CHECK(begin(fd, AF_INET, "echo.test") == 0);
    expect_echo(fd);
    close(fd);
}

MAIN({"accepts", accepts}, {"readable_when_somebody_calls", readable_when_somebody_calls},
     {"ipv6_program", ipv6_program}, {"ipv6_caller", ipv6_caller}, {"bound_and_connected", bound_and_connected})
