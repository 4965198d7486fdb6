#include "check.h"

#include <dlfcn.h>
#include <resolv.h>
#include <sys/syscall.h>

static bool is_fake4(const void *octets)
{
    return ((const unsigned char *)octets)[0] == 0 && memcmp(octets, "\0\0\0\0", 4) != 0;
}

static bool is_fake6(const void *octets)
{
    return memcmp(octets, "\xfd\x64\x73\x6f\x63\x6b\x73", 7) == 0;
}

static void the_family_asked_for(void)
{
    union address v4, v6, any;
    look_up("one.test", AF_INET, 80, &v4);
    CHECK(v4.any.sa_family == AF_INET && is_fake4(&v4.v4.sin_addr) && v4.v4.sin_port == htons(80));
    look_up("one.test", AF_INET6, 80, &v6);
    CHECK(v6.any.sa_family == AF_INET6 && is_fake6(&v6.v6.sin6_addr) && v6.v6.sin6_port == htons(80));
    look_up("one.test", AF_UNSPEC, 80, &any);
    CHECK(any.any.sa_family == AF_INET && any.v4.sin_addr.s_addr == v4.v4.sin_addr.s_addr);
    look_up("ONE.test", AF_INET, 80, &any);
    CHECK(any.v4.sin_addr.s_addr == v4.v4.sin_addr.s_addr);
    look_up("two.test", AF_INET, 80, &any);
    CHECK(any.v4.sin_addr.s_addr != v4.v4.sin_addr.s_addr);
}

static void hints_are_kept(void)
{
    struct addrinfo *list, hints = {.ai_flags = AI_CANONNAME | AI_ADDRCONFIG, .ai_socktype = SOCK_DGRAM};
    CHECK(getaddrinfo("one.test", "domain", &hints, &list) == 0);
    CHECK(list->ai_socktype == SOCK_DGRAM && strcmp(list->ai_canonname, "one.test") == 0 && !list->ai_next);
    CHECK(((struct sockaddr_in *)list->ai_addr)->sin_port == htons(53));
    freeaddrinfo(list);
    CHECK(getaddrinfo("one.test", NULL, NULL, &list) == 0 && list->ai_next);
    freeaddrinfo(list);
    CHECK(getaddrinfo("one.test", "no-such-service", &hints, &list) == EAI_SERVICE);
    hints.ai_flags = AI_NUMERICHOST;
    CHECK(getaddrinfo("one.test", NULL, &hints, &list) == EAI_NONAME);
    CHECK(getaddrinfo("", NULL, NULL, &list) == EAI_NONAME);
    CHECK(getaddrinfo("not a name", NULL, NULL, &list) == EAI_NONAME);
    char long_name[300];
    memset(long_name, 'a', sizeof long_name);
    long_name[299] = '\0';
    CHECK(getaddrinfo(long_name, NULL, NULL, &list) == EAI_NONAME);
}

static void addresses_stay_themselves(void)
{
    union address address;
    look_up("192.0.2.1", AF_UNSPEC, 1, &address);
    CHECK(address.v4.sin_addr.s_addr == inet_addr("192.0.2.1"));
    look_up("2001:db8::1", AF_UNSPEC, 1, &address);
    CHECK(address.any.sa_family == AF_INET6 && !is_fake6(&address.v6.sin6_addr));
    look_up("localhost", AF_INET, 1, &address);
    CHECK(address.v4.sin_addr.s_addr == htonl(INADDR_LOOPBACK));
    look_up("anything.localhost", AF_INET6, 1, &address);
    CHECK(IN6_IS_ADDR_LOOPBACK(&address.v6.sin6_addr));
    struct addrinfo *list, hints = {.ai_flags = AI_PASSIVE};
    CHECK(getaddrinfo(NULL, "80", &hints, &list) == 0);
    freeaddrinfo(list);
}

static void the_older_calls(void)
{
    struct hostent *entry = gethostbyname("one.test");
    CHECK(entry && entry->h_addrtype == AF_INET && entry->h_length == 4 && is_fake4(entry->h_addr));
    CHECK(strcmp(entry->h_name, "one.test") == 0 && !entry->h_aliases[0] && !entry->h_addr_list[1]);
    char octets[4];
    memcpy(octets, entry->h_addr, 4);
    entry = gethostbyaddr(octets, 4, AF_INET);
    CHECK(entry && strcmp(entry->h_name, "one.test") == 0);
    entry = gethostbyname2("one.test", AF_INET6);
    CHECK(entry && entry->h_length == 16 && is_fake6(entry->h_addr));
    CHECK(!gethostbyname("not a name") && h_errno == HOST_NOT_FOUND);
    CHECK(!gethostbyaddr("\xc0\0\2\1", 4, AF_INET) && h_errno == HOST_NOT_FOUND);

    struct hostent own, *result;
    char buffer[128];
    int error;
    errno = 0;
    CHECK(gethostbyname_r("one.test", &own, buffer, 16, &result, &error) == ERANGE && !result);
    CHECK(errno == ERANGE && error == NETDB_INTERNAL);
    CHECK(gethostbyname_r("one.test", &own, buffer + 1, sizeof buffer - 1, &result, &error) == 0 && result == &own);
    CHECK(is_fake4(own.h_addr) && (char *)own.h_addr_list > buffer);
    CHECK(gethostbyname2_r("one.test", AF_INET6, &own, buffer, sizeof buffer, &result, &error) == 0 && result);
    CHECK(gethostbyaddr_r(octets, 4, AF_INET, &own, buffer, sizeof buffer, &result, &error) == 0 && result);
    CHECK(strcmp(own.h_name, "one.test") == 0);
    CHECK(gethostbyaddr_r("\xc0\0\2\1", 4, AF_INET, &own, buffer, sizeof buffer, &result, &error) == 0 && !result);
}

static void back_to_names(void)
{
    union address address;
    char host[64], service[16];
    socklen_t length = look_up("one.test", AF_INET6, 80, &address);
    CHECK(getnameinfo(&address.any, length, host, sizeof host, service, sizeof service, 0) == 0);
    CHECK(strcmp(host, "one.test") == 0 && strcmp(service, "http") == 0);
    CHECK(getnameinfo(&address.any, length, host, 4, NULL, 0, 0) == EAI_OVERFLOW);
    CHECK(getnameinfo(&address.any, length, host, sizeof host, NULL, 0, NI_NUMERICHOST) == 0 && strchr(host, ':'));
    length = look_up("192.0.2.1", AF_INET, 80, &address);
    CHECK(getnameinfo(&address.any, length, host, sizeof host, NULL, 0, 0) == 0 && strcmp(host, "192.0.2.1") == 0);
    CHECK(getnameinfo(&address.any, length, host, sizeof host, NULL, 0, NI_NAMEREQD) == EAI_NONAME);
}

static void asked_in_the_background(void)
{
    struct gaicb one = {.ar_name = "one.test"}, two = {.ar_name = "not a name"}, *list[] = {&one, NULL, &two};
    CHECK(getaddrinfo_a(GAI_WAIT, list, 3, NULL) == 0);
    CHECK(gai_error(&one) == 0 && gai_error(&two) == EAI_NONAME);
    CHECK(is_fake4(&((struct sockaddr_in *)one.ar_result->ai_addr)->sin_addr));
    freeaddrinfo(one.ar_result);
}

static void dns_of_the_c_library(void)
{
    unsigned char answer[512];
    CHECK(res_query("one.test", 1, 1, answer, sizeof answer) == -1 && h_errno == TRY_AGAIN);
    CHECK(res_search("one.test", 1, 1, answer, sizeof answer) == -1);
}

/* Run with a table of 16 names. */
static void oldest_unused_is_forgotten(void)
{
    union address kept, unused, other;
    socklen_t length = look_up("kept.test", AF_INET, 7, &kept);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(connect(fd, &kept.any, length) == 0);
    look_up("unused.test", AF_INET, 7, &unused);
    for (int i = 0; i < 40; i++) {
        char name[32];
        snprintf(name, sizeof name, "name-%d.test", i);
        look_up(name, AF_INET, 7, &other);
        CHECK(other.v4.sin_addr.s_addr != kept.v4.sin_addr.s_addr);
        CHECK(other.v4.sin_addr.s_addr != unused.v4.sin_addr.s_addr);
    }
    char host[64];
    CHECK(getnameinfo(&kept.any, length, host, sizeof host, NULL, 0, NI_NAMEREQD) == 0);
    CHECK(getnameinfo(&unused.any, length, host, sizeof host, NULL, 0, NI_NAMEREQD) == EAI_NONAME);
    int second = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(connect(second, &unused.any, length) == -1 && errno == EHOSTUNREACH);
    close(second);
    close(fd);
}

/* Everything else in the C library that would ask somebody. */
static void no_other_way_out(void)
{
    char host[] = "one.test", *place = host;
    gethostid();
    CHECK(!getnetbyname("one.test") && !getnetbyaddr(0x0a000000, AF_INET));
    CHECK(rcmd(&place, htons(514), "a", "b", "c", NULL) == -1 && errno == ECONNREFUSED);
    int (*ring)(unsigned, void *, unsigned) = (int (*)(unsigned, void *, unsigned))dlsym(RTLD_DEFAULT, "io_uring_queue_init");
    CHECK(ring && ring(8, NULL, 0) == -ENOSYS);
    CHECK(syscall(SYS_io_uring_setup, 8, NULL) == -1 && errno == ENOSYS);
    CHECK(socket(AF_INET, SOCK_RAW, IPPROTO_ICMP) == -1 && errno == EPERM);
    CHECK(socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP) == -1 && errno == EPERM);
    CHECK(socket(AF_PACKET, SOCK_RAW, 0) == -1 && errno == EPERM);
    CHECK(socket(AF_XDP, SOCK_RAW, 0) == -1 && errno == EPERM);
    CHECK(socket(AF_SMC, SOCK_STREAM, 0) == -1 && errno == EPERM);
    CHECK(socket(AF_RDS, SOCK_SEQPACKET, 0) == -1 && errno == EPERM);
}

/* Joining tells the network. */
static void groups_are_not_joined(void)
{
    int v4 = socket(AF_INET, SOCK_DGRAM, 0), v6 = socket(AF_INET6, SOCK_DGRAM, 0);
    struct ip_mreqn group4 = {.imr_multiaddr.s_addr = inet_addr("239.1.2.3")};
    CHECK(setsockopt(v4, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group4, sizeof group4) == -1 && errno == ENODEV);
    struct ipv6_mreq group6 = {.ipv6mr_interface = 0};
    inet_pton(AF_INET6, "ff02::fb", &group6.ipv6mr_multiaddr);
    CHECK(setsockopt(v6, IPPROTO_IPV6, IPV6_JOIN_GROUP, &group6, sizeof group6) == -1 && errno == ENODEV);
    struct group_req either = {.gr_interface = 0};
    struct sockaddr_in *address = (struct sockaddr_in *)&either.gr_group;
    *address = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr = group4.imr_multiaddr};
    CHECK(setsockopt(v4, IPPROTO_IP, MCAST_JOIN_GROUP, &either, sizeof either) == -1 && errno == ENODEV);
    /* What the kernel would refuse is left to it. */
    CHECK(setsockopt(v4, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group4, 2) == -1 && errno == EINVAL);
    close(v4);
    close(v6);
}

static void *resolve_often(void *seed)
{
    for (int i = 0; i < 2000; i++) {
        char name[64];
        snprintf(name, sizeof name, "storm-%d.test", (int)((intptr_t)seed * 7 + i) % 500);
        union address address;
        char host[64];
        socklen_t length = look_up(name, i % 2 ? AF_INET : AF_INET6, 7, &address);
        CHECK(getnameinfo(&address.any, length, host, sizeof host, NULL, 0, NI_NAMEREQD) == 0);
        CHECK(strcmp(host, name) == 0);
        struct hostent *entry = gethostbyname(name);
        CHECK(entry && strcmp(entry->h_name, name) == 0);
    }
    return NULL;
}

/* Threads resolve while others fork: no lock may be left behind in a child. */
static void storm(void)
{
    pthread_t threads[8];
    for (intptr_t i = 0; i < 8; i++)
        CHECK(pthread_create(&threads[i], NULL, resolve_often, (void *)i) == 0);
    for (int i = 0; i < 20; i++) {
        pid_t child = fork();
        if (child == 0) {
            alarm(20);
            union address address;
            look_up("child.test", AF_INET, 7, &address);
            tell("echo.test");
            _exit(0);
        }
        int status;
        CHECK(waitpid(child, &status, 0) == child && status == 0);
    }
    for (int i = 0; i < 8; i++)
        pthread_join(threads[i], NULL);
}

int main(int count, char **arguments)
{
    static const struct scenario scenarios[] = {
        {"the_family_asked_for", the_family_asked_for},
        {"hints_are_kept", hints_are_kept},
        {"addresses_stay_themselves", addresses_stay_themselves},
        {"the_older_calls", the_older_calls},
        {"back_to_names", back_to_names},
        {"asked_in_the_background", asked_in_the_background},
        {"dns_of_the_c_library", dns_of_the_c_library},
        {"no_other_way_out", no_other_way_out},
        {"groups_are_not_joined", groups_are_not_joined},
        {"storm", storm},
        {"oldest_unused_is_forgotten", oldest_unused_is_forgotten},
    };
    alarm(120);
    int all = sizeof scenarios / sizeof *scenarios;
    return run_scenarios(scenarios, count > 1 ? all : all - 1, arguments);
}
