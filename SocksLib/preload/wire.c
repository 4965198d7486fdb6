#include "wire.h"

#include <errno.h>
#include <string.h>

enum { ATYP_IPV4 = 1, ATYP_NAME = 3, ATYP_IPV6 = 4 };

static size_t put_port(unsigned char *out, unsigned port)
{
    out[0] = (unsigned char)(port >> 8);
    out[1] = (unsigned char)port;
    return 2;
}

static size_t put_address(unsigned char *out, const struct target *target)
{
    size_t length = strlen(target->name);
    if (length > 0) {
        out[0] = ATYP_NAME;
        out[1] = (unsigned char)length;
        memcpy(out + 2, target->name, length);
        length += 2;
    } else if (target->address.any.sa_family == AF_INET6) {
        out[0] = ATYP_IPV6;
        memcpy(out + 1, &target->address.v6.sin6_addr, 16);
        length = 17;
    } else {
        out[0] = ATYP_IPV4;
        memcpy(out + 1, &target->address.v4.sin_addr, 4);
        length = 5;
    }
    return length + put_port(out + length, target->port);
}

/* The length of ATYP, address and port, of which `available` octets are here; 0 when unknown or not yet to be told. */
static size_t address_length(const unsigned char *in, size_t available)
{
    if (available < 2)
        return 0;
    switch (in[0]) {
    case ATYP_IPV4: return 1 + 4 + 2;
    case ATYP_IPV6: return 1 + 16 + 2;
    case ATYP_NAME: return 1 + 1 + (size_t)in[1] + 2;
    default: return 0;
    }
}

size_t wire_greeting(unsigned char *out, const unsigned char *methods, size_t count)
{
    out[0] = 5;
    out[1] = (unsigned char)count;
    memcpy(out + 2, methods, count);
    return 2 + count;
}

size_t wire_login(unsigned char *out, const char *user, const char *password)
{
    size_t users = strlen(user), passwords = strlen(password);
    out[0] = 1;
    out[1] = (unsigned char)users;
    memcpy(out + 2, user, users);
    out[2 + users] = (unsigned char)passwords;
    memcpy(out + 3 + users, password, passwords);
    return 3 + users + passwords;
}

size_t wire_request(unsigned char *out, enum command command, unsigned flag, const struct target *target)
{
    out[0] = 5;
    out[1] = (unsigned char)command;
    out[2] = (unsigned char)flag;
    return 3 + put_address(out + 3, target);
}

size_t wire_datagram_header(unsigned char *out, const struct target *target)
{
    memset(out, 0, 3);
    return 3 + put_address(out + 3, target);
}

size_t wire_reply_length(const unsigned char *in)
{
    size_t address = in[0] == 5 ? address_length(in + 3, 2) : 0;
    return address ? 3 + address : 0;
}

static void get_address(const unsigned char *in, struct endpoint *address)
{
    memset(address, 0, sizeof *address);
    if (in[0] == ATYP_IPV4)
        endpoint_set(address, AF_INET, in + 1, (unsigned)in[5] << 8 | in[6]);
    else if (in[0] == ATYP_IPV6)
        endpoint_set(address, AF_INET6, in + 1, (unsigned)in[17] << 8 | in[18]);
    endpoint_unmap(address);
}

void wire_reply_bound(const unsigned char *in, struct endpoint *bound)
{
    get_address(in + 3, bound);
}

size_t wire_datagram_source(const unsigned char *in, size_t length, struct target *source)
{
    if (length < REPLY_START || in[0] || in[1] || in[2])
        return 0;
    size_t address = address_length(in + 3, length - 3);
    if (address == 0 || 3 + address > length)
        return 0;
    source->name[0] = '\0';
    get_address(in + 3, &source->address);
    source->port = (unsigned)in[1 + address] << 8 | in[2 + address];
    if (in[3] == ATYP_NAME) {
        memcpy(source->name, in + 5, in[4]);
        source->name[in[4]] = '\0';
    }
    return 3 + address;
}

static const struct {
    int error;
    const char *text;
} replies[] = {
    {0, "succeeded"},
    {ECONNREFUSED, "general SOCKS server failure"},
    {EACCES, "connection not allowed by ruleset"},
    {ENETUNREACH, "network unreachable"},
    {EHOSTUNREACH, "host unreachable"},
    {ECONNREFUSED, "connection refused"},
    {ETIMEDOUT, "TTL expired"},
    {EOPNOTSUPP, "command not supported"},
    {EAFNOSUPPORT, "address type not supported"},
    {EADDRNOTAVAIL, "invalid address"},
};

int wire_errno(unsigned reply_code)
{
    return reply_code < sizeof replies / sizeof *replies ? replies[reply_code].error : ECONNREFUSED;
}

const char *wire_reply_text(unsigned reply_code)
{
    return reply_code < sizeof replies / sizeof *replies ? replies[reply_code].text : "unassigned reply code";
}
