/*
 * exec and posix_spawn, system and popen: a program that starts another one with an environment of its own making
 * (env -i, a subprocess with three variables) does not mean to let it past the gateway. What is missing of the library's
 * variables is put back, unless another gateway is named, to which this one's login is nothing; LD_PRELOAD set to nothing
 * is left, for those who do mean it. Children of vfork come here, so memory is taken from the stack alone.
 */
#include "exec.h"

#include <alloca.h>
#include <errno.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "real.h"

#define KEPT_LIMIT 32
#define PRELOAD "LD_PRELOAD="
#define OWN "SOCKS64_"
#define GATEWAY "SOCKS64_GATEWAY="

static char *kept[KEPT_LIMIT]; /* "NAME=value" */
static size_t kept_count;
static char *preload; /* with PRELOAD before it; NULL when the library was loaded in another way */

static bool begins(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

void exec_remember(void)
{
    for (char **entry = environ; entry && *entry; entry++) {
        if (begins(*entry, PRELOAD) && strstr(*entry, "libsocks64"))
            preload = strdup(*entry);
        else if (begins(*entry, OWN) && kept_count < KEPT_LIMIT)
            kept[kept_count++] = strdup(*entry);
    }
}

static size_t length_of(char *const entries[])
{
    size_t count = 0;
    while (entries && entries[count])
        count++;
    return count;
}

/* How many octets and entries with_ours needs. */
static size_t room_for(char *const environment[])
{
    size_t longest = 0;
    for (char *const *entry = environment; entry && *entry; entry++)
        if (begins(*entry, PRELOAD))
            longest = strlen(*entry);
    return (length_of(environment) + KEPT_LIMIT + 2) * sizeof(char *) + (preload ? strlen(preload) : 0) + longest + 2;
}

/* Both begin with the same NAME=. */
static bool is_same_variable(const char *left, const char *right)
{
    return strncmp(left, right, strcspn(left, "=") + 1) == 0;
}

static bool has_variable(char *const environment[], const char *wanted)
{
    for (char *const *entry = environment; entry && *entry; entry++)
        if (is_same_variable(wanted, *entry))
            return true;
    return false;
}

/* The environment with what is missing of ours, in `room`. */
static char *const *with_ours(char *const environment[], void *room)
{
    if (!preload)
        return environment;
    char **result = room, *joined = (char *)(result + length_of(environment) + KEPT_LIMIT + 2);
    size_t count = 0;
    bool preloads = false, named = has_variable(environment, GATEWAY);
    for (char *const *entry = environment; entry && *entry; entry++) {
        result[count] = *entry;
        if (begins(*entry, PRELOAD)) {
            preloads = true;
            const char *others = *entry + strlen(PRELOAD);
            if (*others && !strstr(others, "libsocks64")) {
                stpcpy(stpcpy(stpcpy(joined, preload), ":"), others);
                result[count] = joined;
            }
        }
        count++;
    }
    if (!preloads)
        result[count++] = preload;
    for (size_t i = 0; i < kept_count && !named; i++)
        if (!has_variable(environment, kept[i]))
            result[count++] = kept[i];
    result[count] = NULL;
    return result;
}

#define WITH_OURS(environment) with_ours(environment, alloca(room_for(environment)))

HOOK(int, execve, (const char *path, char *const arguments[], char *const environment[]))
{
    return REAL(execve)(path, arguments, WITH_OURS(environment));
}

HOOK(int, execv, (const char *path, char *const arguments[]))
{
    return REAL(execve)(path, arguments, WITH_OURS(environ));
}

HOOK(int, execvpe, (const char *file, char *const arguments[], char *const environment[]))
{
    return REAL(execvpe)(file, arguments, WITH_OURS(environment));
}

HOOK(int, execvp, (const char *file, char *const arguments[]))
{
    return REAL(execvpe)(file, arguments, WITH_OURS(environ));
}

HOOK(int, fexecve, (int fd, char *const arguments[], char *const environment[]))
{
    return REAL(fexecve)(fd, arguments, WITH_OURS(environment));
}

HOOK(int, execveat, (int fd, const char *path, char *const arguments[], char *const environment[], int flags))
{
    return (int)REAL(syscall)(SYS_execveat, fd, (long)path, (long)arguments, (long)WITH_OURS(environment), flags, 0);
}

/* Copies the arguments behind `first` into `arguments`, which has room when it is not NULL. How many there are. */
static size_t gather(const char *first, va_list list, char **arguments)
{
    size_t count = 0;
    for (const char *next = first; next; next = va_arg(list, const char *), count++)
        if (arguments)
            arguments[count] = (char *)next;
    if (arguments)
        arguments[count] = NULL;
    return count;
}

#define GATHER(arguments, first, environment)                                                                          \
    va_list list;                                                                                                      \
    va_start(list, first);                                                                                             \
    size_t count = gather(first, list, NULL);                                                                          \
    va_end(list);                                                                                                      \
    char **arguments = alloca((count + 1) * sizeof *arguments);                                                        \
    va_start(list, first);                                                                                             \
    gather(first, list, arguments);                                                                                    \
    char *const *environment = environ;                                                                                \
    (void)environment

HOOK(int, execl, (const char *path, const char *first, ...))
{
    GATHER(arguments, first, environment);
    va_end(list);
    return hook_execve(path, arguments, environment);
}

HOOK(int, execlp, (const char *file, const char *first, ...))
{
    GATHER(arguments, first, environment);
    va_end(list);
    return hook_execvpe(file, arguments, environment);
}

HOOK(int, execle, (const char *path, const char *first, ...))
{
    GATHER(arguments, first, environment);
    environment = va_arg(list, char *const *);
    va_end(list);
    return hook_execve(path, arguments, environment);
}

HOOK(int, posix_spawn,
     (pid_t *child, const char *path, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes,
      char *const arguments[], char *const environment[]))
{
    return REAL(posix_spawn)(child, path, actions, attributes, arguments, WITH_OURS(environment));
}

HOOK(int, posix_spawnp,
     (pid_t *child, const char *file, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes,
      char *const arguments[], char *const environment[]))
{
    return REAL(posix_spawnp)(child, file, actions, attributes, arguments, WITH_OURS(environment));
}

/* The C library starts the shell with the environment as it stands, so that is put right. */
static void put_back(void)
{
    size_t count = length_of(environ);
    char *const *ours = WITH_OURS(environ);
    for (size_t i = 0; ours[i]; i++) {
        if (i < count && !begins(ours[i], PRELOAD))
            continue;
        size_t length = strcspn(ours[i], "=");
        char name[length + 1];
        memcpy(name, ours[i], length);
        name[length] = '\0';
        setenv(name, ours[i] + length + 1, 1);
    }
}

HOOK(int, system, (const char *command))
{
    put_back();
    return REAL(system)(command);
}

HOOK(FILE *, popen, (const char *command, const char *mode))
{
    put_back();
    return REAL(popen)(command, mode);
}
