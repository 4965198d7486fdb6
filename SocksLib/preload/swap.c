#include "swap.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/stat.h>
#include <sys/time.h>

#include "internal.h"
#include "real.h"

void swap_in(struct slot *slot, int fd)
{
    if (slot->fd_count > 0) {
        int status = REAL(fcntl)(slot->fds[0], F_GETFL);
        REAL(fcntl)(fd, F_SETFL, status);
    }
    /* An epoll instance knows a file by descriptor and file: what stays under the old file would go on reporting. */
    for (size_t i = 0; i < slot->membership_count; i++) {
        struct membership *member = &slot->memberships[i];
        member->present = REAL(epoll_ctl)(member->epfd, EPOLL_CTL_DEL, member->fd, NULL) == 0;
    }
    for (size_t i = 0; i < slot->fd_count; i++) {
        bool close_on_exec = REAL(fcntl)(slot->fds[i], F_GETFD) & FD_CLOEXEC;
        REAL(dup3)(fd, slot->fds[i], close_on_exec ? O_CLOEXEC : 0);
    }
    for (size_t i = 0; i < slot->membership_count; i++) {
        struct membership *member = &slot->memberships[i];
        if (member->present)
            REAL(epoll_ctl)(member->epfd, EPOLL_CTL_ADD, member->fd, &member->event);
    }
    struct stat information;
    if (fstat(fd, &information) == 0)
        slot->inode = information.st_ino;
    /* Protected until here, where it may be a number that a program which closes everything is about to close. */
    internal_release(fd);
}

void swap_copy_options(int from, int to)
{
    static const struct {
        int level, option;
    } numbers[] = {
        {SOL_SOCKET, SO_KEEPALIVE},      {SOL_SOCKET, SO_REUSEADDR},     {SOL_SOCKET, SO_REUSEPORT},
        {SOL_SOCKET, SO_OOBINLINE},      {SOL_SOCKET, SO_PRIORITY},      {SOL_SOCKET, SO_MARK},
        {SOL_SOCKET, SO_RCVLOWAT},       {SOL_SOCKET, SO_BROADCAST},     {IPPROTO_TCP, TCP_NODELAY},
        {IPPROTO_TCP, TCP_KEEPIDLE},     {IPPROTO_TCP, TCP_KEEPINTVL},   {IPPROTO_TCP, TCP_KEEPCNT},
        {IPPROTO_TCP, TCP_USER_TIMEOUT}, {IPPROTO_TCP, TCP_QUICKACK},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        int value;
        socklen_t length = sizeof value;
        if (REAL(getsockopt)(from, numbers[i].level, numbers[i].option, &value, &length) == 0 && value != 0)
            REAL(setsockopt)(to, numbers[i].level, numbers[i].option, &value, length);
    }

    static const int times[] = {SO_RCVTIMEO, SO_SNDTIMEO};
    for (size_t i = 0; i < 2; i++) {
        struct timeval value;
        socklen_t length = sizeof value;
        if (REAL(getsockopt)(from, SOL_SOCKET, times[i], &value, &length) == 0)
            REAL(setsockopt)(to, SOL_SOCKET, times[i], &value, length);
    }
    struct linger linger;
    socklen_t length = sizeof linger;
    if (REAL(getsockopt)(from, SOL_SOCKET, SO_LINGER, &linger, &length) == 0 && linger.l_onoff)
        REAL(setsockopt)(to, SOL_SOCKET, SO_LINGER, &linger, length);
}
