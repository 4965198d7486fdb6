#include "check.h"

#include <spawn.h>
#include <stdint.h>
#include <sys/syscall.h>

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
    CHECK(close_range(3, UINT32_MAX, 64) == -1 && errno == EINVAL);
    CHECK(close_range(4, 3, 0) == -1 && errno == EINVAL);
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

static socklen_t look_up_in_a_child(const char *name, union address *address)
{
    int answer[2], status;
    CHECK(pipe(answer) == 0);
    pid_t child = fork();
    if (child == 0) {
        socklen_t length = look_up(name, AF_INET, 7, address);
        _exit(write(answer[1], address, length) != (ssize_t)length);
    }
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    ssize_t length = read(answer[0], address, sizeof *address);
    close(answer[0]);
    close(answer[1]);
    return (socklen_t)length;
}

/* lftp, irssi and elinks look names up in a child and connect themselves. */
static void names_come_from_children(void)
{
    union address first, second, own;
    char name[64];
    socklen_t length = look_up_in_a_child("echo.test", &first);
    CHECK(look_up_in_a_child("greeter.test", &second) == length);
    CHECK(look_up("own.test", AF_INET, 7, &own) == length);
    CHECK(memcmp(&first, &second, length) != 0 && memcmp(&first, &own, length) != 0 && memcmp(&second, &own, length) != 0);
    CHECK(getnameinfo(&second.any, length, name, sizeof name, NULL, 0, NI_NAMEREQD) == 0 && strcmp(name, "greeter.test") == 0);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(connect(fd, &first.any, length) == 0);
    expect_echo(fd);
    close(fd);
}

static void open_and_close(int signal)
{
    (void)signal;
    int saved = errno;
    close(socket(AF_INET, SOCK_STREAM, 0));
    close(socket(AF_INET6, SOCK_DGRAM, 0));
    errno = saved;
}

/* socket and close are for signal handlers too, also for one that interrupts malloc or another such call. */
static void opened_in_signal_handlers(void)
{
    struct pest pest;
    pest_begin(&pest, open_and_close, SA_RESTART);
    for (int i = 0; i < 200000; i++) {
        void *memory = malloc((size_t)(i * 37 % 5000) + 1);
        CHECK(memory);
        if (i % 100 == 0)
            close(dup(socket(AF_INET, SOCK_STREAM, 0)));
        free(memory);
        if (i % 100 == 0)
            closefrom(3);
    }
    pest_end(&pest);
}

static int begun(void)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    CHECK(begin(fd, AF_INET, "echo.test") == -1 && errno == EINPROGRESS);
    return fd;
}

static void end(int fd)
{
    struct pollfd wait = {.fd = fd, .events = POLLOUT};
    CHECK(poll(&wait, 1, PATIENCE) == 1 && wait.revents == POLLOUT);
    expect_echo(fd);
    close(fd);
}

/* What the library needs for a connect stands at numbers that the program may close meanwhile. */
static void closed_while_connecting(void)
{
    for (int i = 0; i < 50; i++) {
        int fd = begun();
        closefrom(fd + 1);
        end(fd);
        fd = begun();
        for (int other = fd + 1; other < 8192; other++)
            close(other);
        end(fd);
    }
}

static pid_t copied(void)
{
    return (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
}

/* Children that no handler of fork was told of, while the library's thread is at work in the parent. */
static void forked_without_fork(void)
{
    pid_t (*const ways[])(void) = {_Fork, copied};
    end(begun());
    for (int way = 0; way < 2; way++) {
        int fd = begun();
        pid_t child = ways[way]();
        if (child == 0) {
            alarm(20);
            end(begun());
            _exit(0);
        }
        end(begun());
        end(fd);
        int status;
        CHECK(waitpid(child, &status, 0) == child && status == 0);
    }
}

static void run(void (*start)(char **))
{
    char *arguments[] = {"descriptors", "connected_sockets_are_inherited", NULL};
    int status;
    pid_t child = fork();
    if (child == 0) {
        fclose(stdout);
        start(arguments);
        _exit(9);
    }
    CHECK(waitpid(child, &status, 0) == child && status == 0);
}

static char self[256];
static char *own[] = {"LANG=C", "LD_PRELOAD=libm.so.6", NULL};

static void by_execve(char **arguments)
{
    execve(self, arguments, NULL);
}

static void by_execve_with_another_library(char **arguments)
{
    execve(self, arguments, own);
}

static void by_execvp(char **arguments)
{
    clearenv();
    execvp(self, arguments);
}

static void by_execlp(char **arguments)
{
    clearenv();
    execlp(self, arguments[0], arguments[1], NULL);
}

static void by_execle(char **arguments)
{
    execle(self, arguments[0], arguments[1], NULL, own);
}

static void by_spawn(char **arguments)
{
    char *none[] = {NULL};
    pid_t child;
    int status;
    if (posix_spawn(&child, self, NULL, NULL, arguments, none) == 0 && waitpid(child, &status, 0) == child)
        _exit(status != 0);
}

/* Something of one's own does not make the rest superfluous. */
static void by_execve_with_a_setting(char **arguments)
{
    char *some[] = {"SOCKS64_LOG=off", NULL};
    execve(self, arguments, some);
}

static void by_a_shell(char **arguments)
{
    char command[400], nothing;
    snprintf(command, sizeof command, "exec %s %s", self, arguments[1]);
    clearenv();
    FILE *pipe = popen(command, "r");
    CHECK(pipe && fread(&nothing, 1, 1, pipe) == 1 && pclose(pipe) == 0);
    setenv("LD_PRELOAD", "libm.so.6", 1);
    unsetenv("SOCKS64_GATEWAY");
    snprintf(command, sizeof command, "exec %s %s >&2", self, arguments[1]);
    _exit(system(command) != 0);
}

static void by_raw_call(char **arguments)
{
    syscall(SYS_execve, self, arguments, NULL);
}

/* Programs are carried that were started with another environment. */
static void kept_over_exec(void)
{
    CHECK(readlink("/proc/self/exe", self, sizeof self - 1) > 0);
    run(by_execve);
    run(by_execve_with_another_library);
    run(by_execvp);
    run(by_execlp);
    run(by_execle);
    run(by_execve_with_a_setting);
    run(by_spawn);
    run(by_a_shell);
    run(by_raw_call);
}

/* Run with a login that the gateway refuses, which the library reports, but not to whatever is descriptor 2 by then. */
static void standard_error_is_another_file(void)
{
    int file[2];
    CHECK(pipe2(file, O_NONBLOCK) == 0 && dup2(file[1], 2) == 2);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    int refused = begin(fd, AF_INET, "echo.test");
    char said[8];
    ssize_t heard = read(file[0], said, sizeof said);
    _exit(refused == -1 && heard == -1 ? (puts("standard_error_is_another_file"), fflush(stdout), 0) : 1);
}

int main(int count, char **arguments)
{
    static const struct scenario scenarios[] = {
        {"replaced_by_dup2", replaced_by_dup2},
        {"everything_closed", everything_closed},
        {"closed_as_a_stream", closed_as_a_stream},
        {"closed_by_a_vfork_child", closed_by_a_vfork_child},
        {"names_are_inherited", names_are_inherited},
        {"connected_sockets_are_inherited", connected_sockets_are_inherited},
        {"names_come_from_children", names_come_from_children},
        {"opened_in_signal_handlers", opened_in_signal_handlers},
        {"closed_while_connecting", closed_while_connecting},
        {"forked_without_fork", forked_without_fork},
        {"kept_over_exec", kept_over_exec},
        {"standard_error_is_another_file", standard_error_is_another_file},
    };
    alarm(60);
    /* The last three need no sanitizer, which learns of forks as others do; a library of its own; a gateway that refuses. */
    int all = sizeof scenarios / sizeof *scenarios;
    return run_scenarios(scenarios, count > 1 ? all : all - 3, arguments);
}
