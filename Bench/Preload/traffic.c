/*
 * Traffic whose cost in the client is to be known: "serve PORT" echoes TCP and UDP; "tcp-ping", "tcp-bulk" and "udp-ping"
 * HOST PORT COUNT make that many round trips of 64 octets, or writes of 64 KiB, after a connect. "udp-ping" uses sendto
 * and recvfrom. With VIA=PORT the program speaks SOCKS5 to that port of 127.0.0.1 itself, for TCP. getppid() stands before the first and behind the last, for strace; the processor time between them is
 * printed in microseconds.
 */
#include <arpa/inet.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void echo(int from)
{
    static char buffer[1 << 16];
    ssize_t count;
    while ((count = read(from, buffer, sizeof buffer)) > 0)
        /* A bulk transfer is only swallowed. */
        if (count == 64 && write(from, buffer, (size_t)count) != count)
            fail("write");
    exit(0);
}

static void serve(struct sockaddr_in *own)
{
    int on = 1, tcp = socket(AF_INET, SOCK_STREAM, 0), udp = socket(AF_INET, SOCK_DGRAM, 0);
    setsockopt(tcp, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(tcp, (struct sockaddr *)own, sizeof *own) || listen(tcp, 8) || bind(udp, (struct sockaddr *)own, sizeof *own))
        fail("bind");
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        struct pollfd wait[] = {{.fd = tcp, .events = POLLIN}, {.fd = udp, .events = POLLIN}};
        char buffer[2048];
        struct sockaddr_storage from;
        socklen_t length = sizeof from;
        poll(wait, 2, -1);
        if (wait[0].revents) {
            int client = accept(tcp, NULL, NULL);
            if (fork() == 0)
                echo(client);
            close(client);
        }
        if (wait[1].revents) {
            ssize_t count = recvfrom(udp, buffer, sizeof buffer, 0, (struct sockaddr *)&from, &length);
            sendto(udp, buffer, (size_t)count, 0, (struct sockaddr *)&from, length);
        }
    }
}

static void tcp_ping(int fd)
{
    char message[64] = "ping";
    if (write(fd, message, sizeof message) != sizeof message || recv(fd, message, sizeof message, MSG_WAITALL) != sizeof message)
        fail("tcp");
}

static void tcp_bulk(int fd)
{
    static const char block[1 << 16];
    for (size_t done = 0; done < sizeof block;) {
        ssize_t count = write(fd, block + done, sizeof block - done);
        if (count < 0)
            fail("tcp");
        done += (size_t)count;
    }
}

static struct sockaddr_in destination;

static void udp_ping(int fd)
{
    char message[64] = "ping";
    struct sockaddr_in from;
    socklen_t length = sizeof from;
    if (sendto(fd, message, sizeof message, 0, (struct sockaddr *)&destination, sizeof destination) != sizeof message ||
        recvfrom(fd, message, sizeof message, 0, (struct sockaddr *)&from, &length) != sizeof message)
        fail("udp");
}

/* A program that knows SOCKS5: RFC 1928 §3 and §4, method 00, an IPv4 address. */
static void connect_itself(int fd, const char *via)
{
    struct sockaddr_in gateway = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(via)), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    unsigned char request[13] = {5, 1, 0, 5, 1, 0, 1}, reply[12];
    memcpy(request + 7, &destination.sin_addr, 4);
    memcpy(request + 11, &destination.sin_port, 2);
    if (connect(fd, (struct sockaddr *)&gateway, sizeof gateway) || write(fd, request, 13) != 13 ||
        recv(fd, reply, 12, MSG_WAITALL) != 12 || reply[3] != 0)
        fail("SOCKS5");
}

static double spent(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

int main(int count, char **arguments)
{
    if (count < 3)
        return 64;
    const char *mode = arguments[1];
    destination = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(arguments[count > 3 ? 3 : 2]))};
    if (strcmp(mode, "serve") == 0)
        serve(&destination);
    if (count < 5 || inet_pton(AF_INET, arguments[2], &destination.sin_addr) != 1)
        return 64;
    int datagrams = strcmp(mode, "udp-ping") == 0;
    void (*turn)(int) = datagrams ? udp_ping : strcmp(mode, "tcp-bulk") == 0 ? tcp_bulk : tcp_ping;
    int fd = socket(AF_INET, datagrams ? SOCK_DGRAM : SOCK_STREAM, 0);
    alarm(120);
    if (!datagrams && getenv("VIA"))
        connect_itself(fd, getenv("VIA"));
    else if (!datagrams && connect(fd, (struct sockaddr *)&destination, sizeof destination))
        fail("connect");
    for (int i = 0; i < 10; i++)
        turn(fd);
    getppid();
    double before = spent();
    for (int i = 0; i < atoi(arguments[4]); i++)
        turn(fd);
    double after = spent();
    getppid();
    printf("%.0f\n", after - before);
    return 0;
}
