/* connect(): which of the ways a socket goes. */
#include <errno.h>
#include <sys/socket.h>

#include "datagram.h"
#include "real.h"
#include "stream.h"
#include "table.h"

HOOK(int, connect, (int fd, const struct sockaddr *address, socklen_t length))
{
    struct endpoint to;
    bool disconnects = address && length >= sizeof address->sa_family && address->sa_family == AF_UNSPEC;
    if (!address || (!disconnects && !endpoint_from(&to, address, length)))
        return REAL(connect)(fd, address, length);
    struct slot *slot = table_adopt(fd);
    if (!slot)
        return REAL(connect)(fd, address, length);
    int result;
    if (disconnects && slot->state == STATE_DATAGRAM)
        result = datagram_disconnect(slot, fd);
    else if (disconnects)
        result = REAL(connect)(fd, address, length);
    else if (slot->state == STATE_DATAGRAM)
        result = datagram_connect(slot, fd, &to);
    else
        result = stream_connect(slot, fd, &to);
    table_put(slot);
    return result;
}
HOOK_ALIAS(int, __connect, connect, (int fd, const struct sockaddr *address, socklen_t length))
