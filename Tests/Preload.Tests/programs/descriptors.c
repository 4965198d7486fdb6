#include "check.h"

#include <stdint.h>

static void replaced_by_dup2(void)
{
    int first = connected("echo.test"), second = connected("greeter.test");
    char greeting[7];
    CHECK(dup2(second, first) == first);
    close(second);
    CHECK(recv(first, greeting, 7, MSG_WAITALL) == 7);
    expect_echo(first);
    int file = open("/dev/null", O_RDWR);
    CHECK(dup3(file, first, O_CLOEXEC) == first);
    union address peer;
    socklen_t size = sizeof peer;
    CHECK(getpeername(first, &peer.any, &size) == -1 && errno == ENOTSOCK);
    close(first);
    close(file);
}

/* As daemons do; what the library needs itself stays. */
static void everything_closed(void)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    CHECK(begin(fd, AF_INET, "echo.test") == -1 && errno == EINPROGRESS);
    struct pollfd wait = {.fd = fd, .events = POLLOUT};
    CHECK(poll(&wait, 1, PATIENCE) == 1);
    for (int i = 3; i < 8192; i++)
        close(i);
    close_range(3, UINT32_MAX, 0);
    closefrom(3);
    fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    CHECK(begin(fd, AF_INET, "echo.test") == -1 && errno == EINPROGRESS);
    wait.fd = fd;
    CHECK(poll(&wait, 1, PATIENCE) == 1 && wait.revents == POLLOUT);
    expect_echo(fd);
    close(fd);
}

static void closed_as_a_stream(void)
{
    int fd = connected("echo.test");
    FILE *stream = fdopen(fd, "r+");
    fclose(stream);
    int file = open("/dev/null", O_RDWR);
    CHECK(file == fd);
    union address peer;
    socklen_t size = sizeof peer;
    CHECK(getpeername(file, &peer.any, &size) == -1 && errno == ENOTSOCK);
    close(file);
}

/* A child of vfork shares this memory, but has descriptors of its own. */
static void closed_by_a_vfork_child(void)
{
    int fd = connected("echo.test");
    union address peer;
    socklen_t size = sizeof peer;
    pid_t child = vfork();
    if (child == 0) {
        close(fd);
        dup2(1, fd);
        _exit(0);
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    CHECK(getpeername(fd, &peer.any, &size) == 0 && peer.any.sa_family == AF_INET);
    expect_echo(fd);
    close(fd);
}

static void names_are_inherited(void)
{
    union address to;
    socklen_t length = look_up("echo.test", AF_INET, 7, &to);
    pid_t child = fork();
    if (child == 0) {
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        CHECK(connect(fd, &to.any, length) == 0);
        expect_echo(fd);
        _exit(0);
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child && status == 0);
}

static void connected_sockets_are_inherited(void)
{
    int fd = connected("echo.test");
    pid_t child = fork();
    if (child == 0) {
        expect_echo(fd);
        _exit(0);
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    expect_echo(fd);
    close(fd);
}

MAIN({"replaced_by_dup2", replaced_by_dup2}, {"everything_closed", everything_closed},
     {"closed_as_a_stream", closed_as_a_stream}, {"closed_by_a_vfork_child", closed_by_a_vfork_child},
     {"names_are_inherited", names_are_inherited},
     {"connected_sockets_are_inherited", connected_sockets_are_inherited})
