/* The octets of SOCKS5: RFC 1928 and RFC 1929. Nothing here does I/O. */
#pragma once

#include "address.h"

enum command { COMMAND_CONNECT = 1, COMMAND_BIND = 2, COMMAND_UDP_ASSOCIATE = 3 };
enum method { METHOD_NONE = 0x00, METHOD_PASSWORD = 0x02, METHOD_REFUSED = 0xff };

/* Where a request or a datagram goes: a name (then `name` is not empty), or an address. */
struct target {
    char name[256];
    unsigned port;
    struct endpoint address;
};

#define ADDRESS_LIMIT (1 + 1 + 255 + 2)     /* ATYP, length octet, name, port */
#define REQUEST_LIMIT (3 + ADDRESS_LIMIT)
#define DATAGRAM_HEADER_LIMIT (3 + ADDRESS_LIMIT)
#define GREETING_LIMIT 4
#define LOGIN_LIMIT (3 + 255 + 255)

/* Each writes a message and gives its length. */

/* RFC 1928 §3: VER(1) NMETHODS(1) METHODS(n). */
size_t wire_greeting(unsigned char *out, const unsigned char *methods, size_t count);

/* RFC 1929 §2: VER(1) ULEN(1) UNAME(n) PLEN(1) PASSWD(n). */
size_t wire_login(unsigned char *out, const char *user, const char *password);

/*
 * RFC 1928 §4: VER(1) CMD(1) RSV(1) ATYP(1) DST.ADDR(n) DST.PORT(2). RSV is the FLAG of draft-kitamura-socks-ipv6-01:
 * FLAG_DESTINATION_FAMILY asks for a BND.ADDR of the destination's family, which a plain server ignores.
 */
#define FLAG_DESTINATION_FAMILY 0x10
size_t wire_request(unsigned char *out, enum command command, unsigned flag, const struct target *target);

/* RFC 1928 §7: RSV(2) FRAG(1) ATYP(1) DST.ADDR(n) DST.PORT(2). */
size_t wire_datagram_header(unsigned char *out, const struct target *target);

/* The whole length of a reply (RFC 1928 §6), of which five octets are here; 0 when it is no SOCKS5 reply. */
#define REPLY_START 5
#define REPLY_LIMIT (3 + ADDRESS_LIMIT)
size_t wire_reply_length(const unsigned char *in);

/* BND.ADDR and BND.PORT of a whole reply; a name in it gives length 0. */
void wire_reply_bound(const unsigned char *in, struct endpoint *bound);

/* The length of the header of a datagram, and its address; 0 when it is none, or a fragment. */
size_t wire_datagram_source(const unsigned char *in, size_t length, struct target *source);

/* What connect would say in the place of a reply code (RFC 1928 §6). */
int wire_errno(unsigned reply_code);
const char *wire_reply_text(unsigned reply_code);
