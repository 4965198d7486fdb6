/*
 * The mapping table of RFC 3089 §3: names on one side, fake addresses on the other. One for the process, bounded,
 * copied by fork, gone with the process; processes of one fork family know each other's addresses (journal.h). A fake
 * address means nothing to anybody else and never leaves the host.
 */
#pragma once

#include "address.h"

/* A registered name. It and its address stay while somebody holds it. */
struct name {
    char *text;
    unsigned long offset;
    unsigned holders;
    struct name *next_by_text, *next_by_offset;
    struct name *newer, *older;
};

/* Finds or registers a name and holds it; NULL when every entry is in use or memory is short. */
struct name *names_register(const char *text);

/* Holds the name behind a fake address (IPv4-mapped ones too); NULL when the address is not one, or a forgotten one. */
struct name *names_find(const struct endpoint *address);

void names_hold(struct name *name);
void names_release(struct name *name);

/* The fake address of a name in a family. */
void names_address(const struct name *name, int family, unsigned port, struct endpoint *address);

/* True for every address in the fake ranges, registered or not. */
bool names_is_fake(const struct endpoint *address);

/* Around fork. */
void names_before_fork(void);
void names_after_fork(void);
