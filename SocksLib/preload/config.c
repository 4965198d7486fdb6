#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "hosts.h"
#include "internal.h"
#include "log.h"
#include "real.h"

/* As the kernel's own limit on a connect that nobody answers. */
#define DEFAULT_TIMEOUT_SECONDS 127
#define DEFAULT_NAMES 16384

static struct settings current;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int password_fd = -1;

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

static void unusable(const char *name, const char *why)
{
    log_error("%s: %s; nothing will be connected", name, why);
    current.usable = false;
}

static bool is_on(const char *name)
{
    const char *value = variable(name);
    if (!value || strcasecmp(value, "off") == 0 || strcmp(value, "0") == 0)
        return false;
    if (strcasecmp(value, "on") != 0 && strcmp(value, "1") != 0)
        unusable(name, "must be on or off");
    return true;
}

static long number(const char *name, long otherwise, long least, long most)
{
    const char *value = variable(name);
    if (!value)
        return otherwise;
    char *end;
    long result = strtol(value, &end, 10);
    if (*end || result < least || result > most) {
        unusable(name, "is not a number in its range");
        return otherwise;
    }
    return result;
}

/* host:port, [v6]:port or a host alone; the port is then 1080. Names come from /etc/hosts: no query is sent. */
static void read_gateway(void)
{
    const char *text = variable("SOCKS64_GATEWAY");
    if (!text)
        text = "127.0.0.1:1080";

    char host[256];
    size_t length;
    const char *port = NULL;
    if (*text == '[') {
        const char *close = strchr(text, ']');
        bool ends = close && (close[1] == ':' || close[1] == '\0');
        length = ends ? (size_t)(close - text - 1) : 0;
        port = ends && close[1] == ':' ? close + 2 : NULL;
        text++;
    } else {
        const char *colon = strchr(text, ':');
        bool bare_v6 = colon && strchr(colon + 1, ':');
        length = colon && !bare_v6 ? (size_t)(colon - text) : strlen(text);
        port = colon && !bare_v6 ? colon + 1 : NULL;
    }
    if (length == 0 || length >= sizeof host) {
        unusable("SOCKS64_GATEWAY", "is not an address");
        return;
    }
    memcpy(host, text, length);
    host[length] = '\0';

    char *end = NULL;
    long number_of_port = port ? strtol(port, &end, 10) : 1080;
    struct network single;
    if (network_parse(host, length, &single) && !strchr(host, '/'))
        endpoint_set(&current.gateway, single.family, single.octets, 0);
    else if (!hosts_find(host, AF_UNSPEC, &current.gateway))
        unusable("SOCKS64_GATEWAY", "is neither an address nor a name in /etc/hosts");
    if ((port && (*end || end == port)) || number_of_port < 1 || number_of_port > 65535)
        unusable("SOCKS64_GATEWAY", "has no valid port");
    else if (current.gateway.length)
        endpoint_set_port(&current.gateway, (unsigned)number_of_port);
}

static void take_password(const char *bytes, size_t length)
{
    while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r'))
        length--;
    if (length >= sizeof current.password)
        unusable("the password", "has more than 255 octets");
    else
        memcpy(current.password, bytes, length);
}

/* Where the file is an open one of this process, the program must not close it: those that it starts read it too. */
static void keep_password_open(const char *file)
{
    int process, fd;
    if (sscanf(file, "/proc/%d/fd/%d", &process, &fd) == 2 && process == getpid())
        internal_guard(&password_fd, fd);
}

/* Read at offset 0, so that a program started by this one finds it whole in the descriptor that it inherits. */
static void read_password_fd(int fd)
{
    char bytes[300];
    ssize_t count = pread(fd, bytes, sizeof bytes, 0);
    if (count < 0 && errno == ESPIPE)
        count = REAL(read)(fd, bytes, sizeof bytes);
    if (count < 0)
        unusable("SOCKS64_PASSWORD_FD", strerror(errno));
    else
        take_password(bytes, (size_t)count);
}

static void read_credentials(void)
{
    const char *user = variable("SOCKS64_USER"), *password = variable("SOCKS64_PASSWORD");
    const char *file = variable("SOCKS64_PASSWORD_FILE");
    if (user && strlen(user) > 255)
        unusable("SOCKS64_USER", "has more than 255 octets");
    else if (user)
        strcpy(current.user, user);

    if (password) {
        take_password(password, strlen(password));
    } else if (file) {
        int fd = open(file, O_RDONLY | O_CLOEXEC);
        if (fd < 0)
            unusable("SOCKS64_PASSWORD_FILE", strerror(errno));
        else {
            read_password_fd(fd);
            REAL(close)(fd);
            keep_password_open(file);
        }
    } else if (variable("SOCKS64_PASSWORD_FD")) {
        int fd = (int)number("SOCKS64_PASSWORD_FD", -1, 0, 1 << 20);
        read_password_fd(fd);
        internal_guard(&password_fd, fd);
    }
    if (current.user[0] && !current.password[0])
        unusable("SOCKS64_USER", "is set, but no password is");
}

/* Loopback, then the listed networks; the word "none" drops what stands before it. */
static void read_direct(void)
{
    static const char *const loopback[] = {"127.0.0.0/8", "::1/128"};
    for (int i = 0; i < 2; i++)
        network_parse(loopback[i], strlen(loopback[i]), &current.direct[current.direct_count++]);

    const char *text = variable("SOCKS64_DIRECT");
    while (text && *text) {
        size_t length = strcspn(text, ", ");
        if (length == 4 && strncasecmp(text, "none", 4) == 0)
            current.direct_count = 0;
        else if (length > 0 && current.direct_count == DIRECT_LIMIT)
            unusable("SOCKS64_DIRECT", "lists more than 64 networks");
        else if (length > 0 && !network_parse(text, length, &current.direct[current.direct_count++]))
            unusable("SOCKS64_DIRECT", "is not a list of networks such as 10.0.0.0/8,fd00::/8");
        text += length;
        text += strspn(text, ", ");
    }
}

static void read_range(const char *name, const char *otherwise, int family, struct network *range)
{
    const char *value = variable(name);
    if (!value)
        value = otherwise;
    int widest = family == AF_INET ? 30 : 126;
    if (!network_parse(value, strlen(value), range) || range->family != family || range->prefix > widest)
        unusable(name, "is not a network that can hold fake addresses");
}

/* One family by default: with two, a program that races them (curl, browsers) opens every connection twice. */
static void read_answer(void)
{
    const char *value = variable("SOCKS64_ANSWER");
    current.match = value && strcasecmp(value, "match") == 0;
    bool both = current.match || (value && strcasecmp(value, "both") == 0);
    bool ipv6 = value && strcasecmp(value, "ipv6") == 0;
    if (value && !both && !ipv6 && strcasecmp(value, "ipv4") != 0)
        unusable("SOCKS64_ANSWER", "must be ipv4, ipv6, both or match");
    current.answer4 = !ipv6;
    current.answer6 = both || ipv6;
}

static void read_all(void)
{
    current.usable = true;
    if (!log_open(variable("SOCKS64_LOG")))
        unusable("SOCKS64_LOG", "must be off, error, info or debug, with :FILE or without");
    read_gateway();
    read_credentials();
    read_direct();
    read_range("SOCKS64_FAKE4", "0.0.0.0/8", AF_INET, &current.fake4);
    read_range("SOCKS64_FAKE6", "fd64:736f:636b:7300::/64", AF_INET6, &current.fake6);
    read_answer();
    current.names = (unsigned)number("SOCKS64_NAMES", DEFAULT_NAMES, 16, 1 << 20);
    current.bind = is_on("SOCKS64_BIND");
    current.flight = is_on("SOCKS64_FLIGHT");
    current.timeout = 1000 * (int)number("SOCKS64_TIMEOUT", DEFAULT_TIMEOUT_SECONDS, 1, 3600);
    char text[ENDPOINT_TEXT];
    log_info("gateway %s", endpoint_text(&current.gateway, text));
}

const struct settings *settings(void)
{
    pthread_once(&once, read_all);
    return &current;
}

bool settings_direct(const struct endpoint *endpoint)
{
    const struct settings *known = settings();
    for (int i = 0; i < known->direct_count; i++)
        if (network_contains(&known->direct[i], endpoint))
            return true;
    return false;
}
