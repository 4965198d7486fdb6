#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>

#include "real.h"
#include "table.h"

/* Out of the way of select's 1024 and of the low numbers that programs choose themselves, where the limit allows. */
static int lowest(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 512;
    return limit.rlim_cur >= 4096 ? 3000 : (int)(limit.rlim_cur / 4 * 3);
}

static int duplicate(int fd)
{
    int high = REAL(fcntl)(fd, F_DUPFD_CLOEXEC, lowest());
    return high >= 0 ? high : REAL(fcntl)(fd, F_DUPFD_CLOEXEC, 3);
}

int internal_duplicate(int fd)
{
    int high = duplicate(fd);
    if (high >= 0)
        table_guard(high);
    return high;
}

void internal_release(int fd)
{
    table_unguard(fd);
    REAL(close)(fd);
}

void internal_guard(int *home, int fd)
{
    *home = fd;
    table_add(fd, AF_UNSPEC, 0, STATE_INTERNAL, home);
}

void internal_keep(int *home, int fd)
{
    int high = duplicate(fd);
    *home = -1;
    if (high >= 0)
        internal_guard(home, high);
}

void internal_closed(int *fd)
{
    int error = errno;
    if (*fd >= 0)
        REAL(close)(*fd);
    errno = error;
}

void internal_close(int *home)
{
    int fd = *home;
    *home = -1;
    if (fd < 0)
        return;
    table_forget(fd);
    REAL(close)(fd);
}
