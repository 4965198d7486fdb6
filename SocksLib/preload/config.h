/* The settings, read once from the environment (see docs/socksify.md for their meaning). */
#pragma once

#include "address.h"

#define DIRECT_LIMIT 64

struct settings {
    /* False when a setting could not be understood: then nothing is relayed and nothing goes out. */
    bool usable;
    struct endpoint gateway;
    char user[256];
    char password[256];
    struct network direct[DIRECT_LIMIT];
    int direct_count;
    struct network fake4;
    struct network fake6;
    /* Which fake addresses a program gets that takes any family. */
    bool answer4, answer6;
    /* A connect to a name fails when its far end has the other family, so that the program takes the other address. */
    bool match;
    /* How many names may have a fake address at one time. */
    unsigned names;
    /* Listening sockets listen at the gateway (BIND). */
    bool bind;
    /* The gateway is a socks64: it takes greeting and request in one flight, and knows FLAG 10. */
    bool flight;
    /* For a whole handshake, in milliseconds. */
    int timeout;
};

/* Reads them at first use. */
const struct settings *settings(void);

/* True for addresses that stay on the program's own sockets: loopback and the networks of SOCKS64_DIRECT. */
bool settings_direct(const struct endpoint *endpoint);
