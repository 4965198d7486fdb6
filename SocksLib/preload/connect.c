/* connect(): which of the ways a socket goes. */
#include <errno.h>
#include <sys/socket.h>

#include "datagram.h"
#include "process.h"
#include "real.h"
#include "route.h"
#include "stream.h"
#include "table.h"

HOOK(int, connect, (int fd, const struct sockaddr *address, socklen_t length))
{
    struct endpoint to;
    bool disconnects = address && length >= sizeof address->sa_family && address->sa_family == AF_UNSPEC;
    if (!address || (!disconnects && !endpoint_from(&to, address, length)))
        return REAL(connect)(fd, address, length);
    process_check();
    int before = errno;
    errno = 0;
    HELD struct slot *slot = table_adopt(fd);
    if (!slot && errno == ENOBUFS)
        return -1;
    errno = before;
    if (!slot || slot->state == STATE_INTERNAL)
        return REAL(connect)(fd, address, length);
    if (!disconnects && !route_takes(slot, &to)) {
        errno = EAFNOSUPPORT;
        return -1;
    }
    if (slot->state == STATE_DATAGRAM)
        return disconnects ? datagram_disconnect(slot, fd) : datagram_connect(slot, fd, &to);
    return disconnects ? stream_disconnect(slot, fd) : stream_connect(slot, fd, &to);
}
HOOK_ALIAS(int, __connect, connect, (int fd, const struct sockaddr *address, socklen_t length))
