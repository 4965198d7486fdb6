#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "internal.h"
#include "real.h"

static enum log_level threshold = LOG_ERROR;
static int output = -1;
static struct stat standard_error;

static enum log_level level_of(const char *word, size_t length)
{
    static const char *const words[] = {"off", "error", "info", "debug"};
    for (int level = LOG_OFF; level <= LOG_DEBUG; level++)
        if (strlen(words[level]) == length && memcmp(words[level], word, length) == 0)
            return (enum log_level)level;
    return LOG_ERROR;
}

void log_open(const char *setting)
{
    const char *file = NULL;
    if (setting && *setting) {
        const char *colon = strchr(setting, ':');
        threshold = level_of(setting, colon ? (size_t)(colon - setting) : strlen(setting));
        file = colon ? colon + 1 : NULL;
    }
    if (threshold == LOG_OFF)
        return;
    fstat(STDERR_FILENO, &standard_error);
    /* Errors alone do not justify a descriptor that the program never asked for. */
    if (!file && threshold == LOG_ERROR)
        return;
    int fd = file ? open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : STDERR_FILENO;
    if (fd < 0)
        return;
    internal_keep(&output, fd);
    if (file)
        REAL(close)(fd);
}

/* A program may have closed its standard error, and have a socket or a database under that number now. */
static bool is_still_standard_error(void)
{
    struct stat now;
    return fstat(STDERR_FILENO, &now) == 0 && now.st_ino == standard_error.st_ino &&
           now.st_dev == standard_error.st_dev;
}

void log_write(enum log_level level, const char *format, ...)
{
    int saved = errno;
    if (level > threshold || (output < 0 && !is_still_standard_error())) {
        errno = saved;
        return;
    }
    char line[512];
    int length = snprintf(line, sizeof line, "socks64[%d]: ", (int)getpid());
    va_list arguments;
    va_start(arguments, format);
    length += vsnprintf(line + length, sizeof line - (size_t)length - 1, format, arguments);
    va_end(arguments);
    if (length > (int)sizeof line - 2)
        length = (int)sizeof line - 2;
    line[length++] = '\n';
    if (REAL(write)(output >= 0 ? output : STDERR_FILENO, line, (size_t)length) < 0)
        errno = 0;
    errno = saved;
}
