#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "internal.h"
#include "real.h"

static enum log_level threshold = LOG_ERROR;
static int output = -1;
static struct stat standard_error;

/* False, and nothing changed, when it is none. */
static bool level_of(const char *word, size_t length, enum log_level *found)
{
    static const char *const words[] = {"off", "error", "info", "debug"};
    for (int level = LOG_OFF; level <= LOG_DEBUG; level++)
        if (strlen(words[level]) == length && memcmp(words[level], word, length) == 0)
            return *found = (enum log_level)level, true;
    return false;
}

/* Errors alone, on standard error, do not justify a descriptor that the program never asked for. */
static void open_output(const char *file)
{
    int fd = file ? open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : STDERR_FILENO;
    if (fd < 0) {
        log_error("SOCKS64_LOG: %s: %s", file, strerror(errno));
        return;
    }
    internal_keep(&output, fd);
    if (file)
        REAL(close)(fd);
}

bool log_open(const char *setting)
{
    const char *colon = setting ? strchr(setting, ':') : NULL;
    size_t length = colon ? (size_t)(colon - setting) : setting ? strlen(setting) : 0;
    fstat(STDERR_FILENO, &standard_error);
    if (setting && !level_of(setting, length, &threshold))
        return false;
    if (colon ? threshold != LOG_OFF : threshold > LOG_ERROR)
        open_output(colon ? colon + 1 : NULL);
    return true;
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
