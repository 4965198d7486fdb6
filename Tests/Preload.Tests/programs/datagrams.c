/* The gateway echoes datagrams; to its client, a name is 203.0.113.N, and everybody else is who they are. */
#include "check.h"

#include <netinet/udp.h>

static int udp(int family)
{
    int fd = socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    CHECK(fd >= 0);
    struct timeval patience = {.tv_sec = PATIENCE / 1000};
    CHECK(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) == 0);
    return fd;
}

static void exchange(int fd, const char *name, int family)
{
    union address to, from;
    char got[64];
    socklen_t length = look_up(name, family, 9, &to), size = sizeof from;
    CHECK(sendto(fd, name, strlen(name), 0, &to.any, length) == (ssize_t)strlen(name));
    CHECK(recvfrom(fd, got, sizeof got, 0, &from.any, &size) == (ssize_t)strlen(name));
    CHECK(memcmp(got, name, strlen(name)) == 0);
    CHECK(size == length && memcmp(&from, &to, length) == 0);
}

static void to_names(void)
{
    int fd = udp(AF_INET);
    exchange(fd, "one.test", AF_INET);
    exchange(fd, "two.test", AF_INET);
    exchange(fd, "one.test", AF_INET);
    close(fd);
    fd = udp(AF_INET6);
    exchange(fd, "one.test", AF_INET6);
    close(fd);
}

static void to_addresses(void)
{
    int fd = udp(AF_INET);
    exchange(fd, "192.0.2.7", AF_INET);
    exchange(fd, "2001:db8::7", AF_INET);
    exchange(fd, "192.0.2.8", AF_INET);
    close(fd);
    fd = udp(AF_INET6);
    exchange(fd, "2001:db8::7", AF_INET6);
    exchange(fd, "two.test", AF_INET6);
    close(fd);
}

static int connected_udp(const char *name)
{
    union address to;
    int fd = udp(AF_INET);
    CHECK(connect(fd, &to.any, look_up(name, AF_INET, 9, &to)) == 0);
    union address peer;
    socklen_t size = sizeof peer;
    CHECK(getpeername(fd, &peer.any, &size) == 0 && memcmp(&peer, &to, size) == 0);
    size = sizeof peer;
    CHECK(getsockname(fd, &peer.any, &size) == 0 && peer.v4.sin_port != 0);
    return fd;
}

static void connected_sockets(void)
{
    char got[16];
    int fd = connected_udp("one.test");
    CHECK(send(fd, "abc", 3, 0) == 3 && recv(fd, got, sizeof got, 0) == 3 && memcmp(got, "abc", 3) == 0);
    CHECK(write(fd, "defg", 4) == 4 && read(fd, got, sizeof got) == 4 && memcmp(got, "defg", 4) == 0);
    struct iovec out[] = {{"hi", 2}, {"jkl", 3}}, in[] = {{got, 1}, {got + 8, 8}};
    CHECK(writev(fd, out, 2) == 5 && readv(fd, in, 2) == 5);
    CHECK(got[0] == 'h' && memcmp(got + 8, "ijkl", 4) == 0);
    CHECK(send(fd, "", 0, 0) == 0 && recv(fd, got, sizeof got, 0) == 0);
    /* Connected again, to somebody else. */
    union address to;
    CHECK(connect(fd, &to.any, look_up("two.test", AF_INET, 9, &to)) == 0);
    CHECK(send(fd, "abc", 3, 0) == 3 && recv(fd, got, sizeof got, 0) == 3);
    struct sockaddr nobody = {.sa_family = AF_UNSPEC};
    CHECK(connect(fd, &nobody, sizeof nobody) == 0);
    CHECK(send(fd, "abc", 3, 0) == -1 && errno == EDESTADDRREQ);
    /* From another port, which the kernel chooses now. */
    exchange(fd, "one.test", AF_INET);
    CHECK(connect(fd, &to.any, look_up("three.test", AF_INET, 9, &to)) == 0);
    CHECK(send(fd, "abc", 3, 0) == 3 && recv(fd, got, sizeof got, 0) == 3);
    const char *const names[] = {"alias-of-three.test", "three.test"};
    for (int i = 0; i < 2; i++) {
        CHECK(connect(fd, &to.any, look_up(names[i], AF_INET, 9, &to)) == 0);
        CHECK(send(fd, "abc", 3, 0) == 3 && recv(fd, got, sizeof got, 0) == 3);
    }
    close(fd);
}

/* IPv6 sockets take addresses of either family, IPv4 sockets do not. */
static void addresses_of_the_other_family(void)
{
    union address v4, v6;
    char got[8];
    socklen_t length4 = look_up("192.0.2.7", AF_INET, 9, &v4), length6 = look_up("2001:db8::7", AF_INET6, 9, &v6);
    int fd = udp(AF_INET6);
    CHECK(sendto(fd, "abc", 3, 0, &v4.any, length4) == 3 && recv(fd, got, sizeof got, 0) == 3);
    CHECK(connect(fd, &v4.any, length4) == 0 && send(fd, "abc", 3, 0) == 3 && recv(fd, got, sizeof got, 0) == 3);
    close(fd);
    fd = udp(AF_INET);
    CHECK(sendto(fd, "abc", 3, 0, &v6.any, length6) == -1 && errno == EAFNOSUPPORT);
    CHECK(connect(fd, &v6.any, length6) == -1 && errno == EAFNOSUPPORT);
    close(fd);
}

static void messages(void)
{
    union address to, from;
    socklen_t length = look_up("2001:db8::9", AF_INET6, 9, &to);
    int fd = udp(AF_INET6);
    char first[3], second[20];
    struct iovec out[] = {{"many ", 5}, {"", 0}, {"parts", 5}}, in[] = {{first, 3}, {second, 20}};
    struct msghdr message = {.msg_name = &to, .msg_namelen = length, .msg_iov = out, .msg_iovlen = 3};
    CHECK(sendmsg(fd, &message, 0) == 10);
    message = (struct msghdr){.msg_name = &from, .msg_namelen = sizeof from, .msg_iov = in, .msg_iovlen = 2};
    CHECK(recvmsg(fd, &message, 0) == 10 && message.msg_namelen == length && memcmp(&from, &to, length) == 0);
    CHECK(memcmp(first, "man", 3) == 0 && memcmp(second, "y parts", 7) == 0 && !(message.msg_flags & MSG_TRUNC));

    struct mmsghdr several[3] = {0};
    struct iovec parts[3] = {{"a", 1}, {"bb", 2}, {"ccc", 3}};
    for (int i = 0; i < 3; i++)
        several[i].msg_hdr =
            (struct msghdr){.msg_name = &to, .msg_namelen = length, .msg_iov = &parts[i], .msg_iovlen = 1};
    CHECK(sendmmsg(fd, several, 3, 0) == 3 && several[2].msg_len == 3);
    char buffers[3][8];
    int got = 0;
    for (int i = 0; i < 3; i++) {
        parts[i] = (struct iovec){buffers[i], 8};
        several[i].msg_hdr = (struct msghdr){.msg_iov = &parts[i], .msg_iovlen = 1};
    }
    while (got < 3) {
        int count = recvmmsg(fd, several + got, 3 - got, MSG_WAITFORONE, NULL);
        CHECK(count > 0);
        got += count;
    }
    CHECK(several[0].msg_len == 1 && several[1].msg_len == 2 && several[2].msg_len == 3 && buffers[2][2] == 'c');
    close(fd);
}

static void cut_and_peeked(void)
{
    char got[8];
    int fd = connected_udp("192.0.2.7");
    for (int turn = 0; turn < 2; turn++) {
        CHECK(send(fd, "longer than that", 16, 0) == 16);
        CHECK(recv(fd, got, 4, MSG_PEEK) == 4 && memcmp(got, "long", 4) == 0);
        CHECK(recv(fd, got, 4, MSG_PEEK | MSG_TRUNC) == 16);
        CHECK(recv(fd, NULL, 0, MSG_PEEK | MSG_TRUNC) == 16);
        struct iovec part = {got, 4};
        struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
        CHECK(recvmsg(fd, &message, 0) == 4 && message.msg_flags & MSG_TRUNC && memcmp(got, "long", 4) == 0);
        CHECK(recv(fd, got, 4, MSG_DONTWAIT) == -1 && errno == EAGAIN);
    }
    static char large[65000], back[65000];
    memset(large, 'x', sizeof large);
    CHECK(send(fd, large, sizeof large, 0) == sizeof large);
    CHECK(recv(fd, back, sizeof back, 0) == sizeof back && memcmp(large, back, sizeof back) == 0);
    static char too_large[65530];
    CHECK(send(fd, too_large, sizeof too_large, 0) == -1 && errno == EMSGSIZE);
    close(fd);
}

static void strangers(void)
{
    union address own;
    socklen_t size = sizeof own;
    int fd = udp(AF_INET);
    exchange(fd, "one.test", AF_INET);
    CHECK(getsockname(fd, &own.any, &size) == 0);
    /* The gateway's own neighbour sends to the program's socket; only what the relay sends gets through. */
    char text[32], got[32];
    snprintf(text, sizeof text, "inject %d", ntohs(own.v4.sin_port));
    union address to;
    socklen_t length = look_up("one.test", AF_INET, 9, &to);
    CHECK(sendto(fd, text, strlen(text), 0, &to.any, length) > 0);
    CHECK(recv(fd, got, sizeof got, 0) == (ssize_t)strlen(text) && memcmp(got, text, strlen(text)) == 0);
    CHECK(recv(fd, got, sizeof got, MSG_DONTWAIT) == -1 && errno == EAGAIN);
    close(fd);
}

static void *receive_first(void *argument)
{
    char got[16];
    CHECK(recv(*(int *)argument, got, sizeof got, 0) == 5 && memcmp(got, "hello", 5) == 0);
    return NULL;
}

/* A thread that waited before the first datagram was sent, when there was no association yet. */
static void received_by_another_thread(void)
{
    union address to;
    socklen_t length = look_up("one.test", AF_INET, 9, &to);
    int fd = udp(AF_INET);
    pthread_t thread;
    struct sockaddr_in any = {.sin_family = AF_INET};
    CHECK(bind(fd, (struct sockaddr *)&any, sizeof any) == 0);
    CHECK(pthread_create(&thread, NULL, receive_first, &fd) == 0);
    usleep(50000);
    CHECK(sendto(fd, "hello", 5, 0, &to.any, length) == 5);
    pthread_join(thread, NULL);
    close(fd);
}

static void segmentation_is_refused(void)
{
    int fd = connected_udp("one.test"), size = 1000;
    CHECK(setsockopt(fd, IPPROTO_UDP, UDP_SEGMENT, &size, sizeof size) == -1 && errno == ENOPROTOOPT);
    char got[8];
    CHECK(send(fd, "abc", 3, 0) == 3 && recv(fd, got, sizeof got, 0) == 3);
    close(fd);
}

static void with_epoll(void)
{
    int fd = connected_udp("one.test"), epfd = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    char got[8];
    set_blocking(fd, false);
    CHECK(epoll_ctl(epfd, EPOLL_CTL_ADD, fd, &event) == 0);
    CHECK(send(fd, "abc", 3, 0) == 3);
    CHECK(epoll_wait(epfd, &event, 1, PATIENCE) == 1 && recv(fd, got, sizeof got, 0) == 3);
    CHECK(recv(fd, got, sizeof got, 0) == -1 && errno == EAGAIN);
    close(fd);
    close(epfd);
}

static void shared_with_a_child(void)
{
    char got[8];
    int fd = connected_udp("one.test");
    CHECK(send(fd, "abc", 3, 0) == 3 && recv(fd, got, sizeof got, 0) == 3);
    pid_t child = fork();
    if (child == 0) {
        CHECK(send(fd, "child", 5, 0) == 5 && recv(fd, got, sizeof got, 0) == 5);
        _exit(0);
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    CHECK(send(fd, "abc", 3, 0) == 3 && recv(fd, got, sizeof got, 0) == 3);
    close(fd);
}

static int shared;
static union address shared_with;

static void send_more(int signal)
{
    (void)signal;
    int saved = errno;
    sendto(shared, "handler", 7, MSG_DONTWAIT, &shared_with.any, sizeof shared_with.v4);
    errno = saved;
}

static void sent_in_signal_handlers(void)
{
    struct pest pest;
    union address to;
    char got[16];
    shared = udp(AF_INET);
    look_up("two.test", AF_INET, 9, &shared_with);
    socklen_t length = look_up("one.test", AF_INET, 9, &to);
    pest_begin(&pest, send_more, SA_RESTART);
    for (int i = 0; i < 5000; i++) {
        CHECK(sendto(shared, "program", 7, 0, &to.any, length) == 7);
        while (recv(shared, got, sizeof got, MSG_DONTWAIT) == 7)
            CHECK(memcmp(got, "program", 7) == 0 || memcmp(got, "handler", 7) == 0);
    }
    pest_end(&pest);
    close(shared);
}

static void *receive_for_ever(void *argument)
{
    char got[16];
    recv(*(int *)argument, got, sizeof got, 0);
    return NULL;
}

static int open_descriptors(void)
{
    int count = 0;
    for (int fd = 0; fd < 4096; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

/* The association goes with the socket, though a thread was cancelled in the middle of a call on it. */
static void cancelled(void)
{
    int before = open_descriptors(), fd = connected_udp("one.test");
    exchange(fd, "one.test", AF_INET);
    pthread_t thread;
    void *result;
    CHECK(pthread_create(&thread, NULL, receive_for_ever, &fd) == 0);
    pthread_cancel(thread);
    CHECK(pthread_join(thread, &result) == 0 && result == PTHREAD_CANCELED);
    exchange(fd, "one.test", AF_INET);
    close(fd);
    CHECK(open_descriptors() == before);
}

static atomic_bool stop_sending;

static void *send_alternately(void *unused)
{
    union address one, two;
    look_up("one.test", AF_INET, 9, &one);
    look_up("two.test", AF_INET, 9, &two);
    for (int i = 0; !stop_sending; i++)
        sendto(shared, "thread", 6, MSG_DONTWAIT, i % 2 ? &one.any : &two.any, sizeof one.v4);
    return unused;
}

/* A child may come while a thread changes what every sender reads. */
static void forked_meanwhile(void)
{
    pthread_t thread;
    shared = udp(AF_INET);
    exchange(shared, "one.test", AF_INET);
    stop_sending = false;
    CHECK(pthread_create(&thread, NULL, send_alternately, NULL) == 0);
    for (int i = 0; i < 40; i++) {
        pid_t child = fork();
        if (child == 0) {
            union address to;
            alarm(20);
            socklen_t length = look_up("one.test", AF_INET, 9, &to);
            _exit(sendto(shared, "child", 5, 0, &to.any, length) != 5);
        }
        int status;
        CHECK(waitpid(child, &status, 0) == child && status == 0);
    }
    stop_sending = true;
    pthread_join(thread, NULL);
    close(shared);
}

MAIN({"to_names", to_names}, {"to_addresses", to_addresses}, {"connected_sockets", connected_sockets},
     {"messages", messages}, {"cut_and_peeked", cut_and_peeked}, {"strangers", strangers},
     {"received_by_another_thread", received_by_another_thread}, {"segmentation_is_refused", segmentation_is_refused},
     {"with_epoll", with_epoll}, {"shared_with_a_child", shared_with_a_child},
     {"sent_in_signal_handlers", sent_in_signal_handlers}, {"cancelled", cancelled},
     {"forked_meanwhile", forked_meanwhile}, {"addresses_of_the_other_family", addresses_of_the_other_family})
