#include "names.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "config.h"
#include "guard.h"
#include "journal.h"
#include "log.h"

#define BUCKETS 4096

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct name *by_text[BUCKETS], *by_offset[BUCKETS];
static struct name *newest, *oldest;
static unsigned count;
static unsigned long last_offset;

static unsigned bucket_of(const char *text)
{
    uint32_t hash = 2166136261u;
    for (; *text; text++)
        hash = (hash ^ (unsigned char)(*text | 0x20)) * 16777619u;
    return hash % BUCKETS;
}

/* How many fake addresses there are: offset 0 is not one of them, because 0.0.0.0 means "any". */
static unsigned long range(void)
{
    int bits4 = 32 - settings()->fake4.prefix, bits6 = 128 - settings()->fake6.prefix;
    int bits = bits4 < bits6 ? bits4 : bits6;
    return (bits > 31 ? 1ul << 31 : 1ul << bits) - 1;
}

static struct name *find_offset(unsigned long offset)
{
    struct name *name = by_offset[offset % BUCKETS];
    while (name && name->offset != offset)
        name = name->next_by_offset;
    return name;
}

static void link_newest(struct name *name)
{
    name->older = newest;
    name->newer = NULL;
    if (newest)
        newest->newer = name;
    newest = name;
    if (!oldest)
        oldest = name;
}

static void unlink_age(struct name *name)
{
    if (name->newer)
        name->newer->older = name->older;
    else
        newest = name->older;
    if (name->older)
        name->older->newer = name->newer;
    else
        oldest = name->newer;
}

static void used(struct name *name)
{
    name->holders++;
    if (name != newest) {
        unlink_age(name);
        link_newest(name);
    }
}

static bool forget_oldest(void)
{
    struct name *name = oldest;
    while (name && name->holders)
        name = name->newer;
    if (!name)
        return false;
    struct name **link = &by_text[bucket_of(name->text)];
    while (*link != name)
        link = &(*link)->next_by_text;
    *link = name->next_by_text;
    link = &by_offset[name->offset % BUCKETS];
    while (*link != name)
        link = &(*link)->next_by_offset;
    *link = name->next_by_offset;
    unlink_age(name);
    free(name->text);
    free(name);
    count--;
    return true;
}

/* Addresses are handed out in turn, so that a forgotten one is not given to another name for as long as possible. */
static unsigned long free_offset(void)
{
    do
        last_offset = journal_next(last_offset, range());
    while (find_offset(last_offset));
    return last_offset;
}

/* At an offset of another process of the family, or, when that is 0, at a free one. */
static struct name *add(const char *text, unsigned long offset)
{
    unsigned long limit = settings()->names < range() ? settings()->names : range();
    if (count >= limit && !forget_oldest())
        return NULL;
    struct name *name = calloc(1, sizeof *name);
    if (!name || !(name->text = strdup(text))) {
        free(name);
        return NULL;
    }
    name->offset = offset ? offset : free_offset();
    struct name **bucket = &by_text[bucket_of(text)];
    name->next_by_text = *bucket;
    *bucket = name;
    bucket = &by_offset[name->offset % BUCKETS];
    name->next_by_offset = *bucket;
    *bucket = name;
    link_newest(name);
    count++;
    return name;
}

static struct name *add_and_tell(const char *text)
{
    struct name *name = add(text, 0);
    if (name)
        journal_note(name->offset, text);
    return name;
}

struct name *names_register(const char *text)
{
    settings();
    struct guard guard;
    guard_enter(&guard, &lock);
    struct name *name = by_text[bucket_of(text)];
    while (name && strcasecmp(name->text, text) != 0)
        name = name->next_by_text;
    if (!name)
        name = add_and_tell(text);
    if (name)
        used(name);
    guard_leave(&guard);
    if (!name)
        log_error("no fake address left for %s", text);
    return name;
}

/* The low bits of an address, counted from the start of its fake range; 0 when it lies outside. */
static unsigned long offset_of(const struct endpoint *address)
{
    struct endpoint plain = *address;
    endpoint_unmap(&plain);
    const struct settings *known = settings();
    const unsigned char *octets = plain.any.sa_family == AF_INET ? (const unsigned char *)&plain.v4.sin_addr
                                                                 : plain.v6.sin6_addr.s6_addr + 12;
    const struct network *fake = plain.any.sa_family == AF_INET ? &known->fake4 : &known->fake6;
    if (!network_contains(fake, &plain))
        return 0;
    const unsigned char *base = fake->octets + (fake->family == AF_INET ? 0 : 12);
    uint32_t low = 0, start = 0;
    for (int i = 0; i < 4; i++) {
        low = low << 8 | octets[i];
        start = start << 8 | base[i];
    }
    return low - start;
}

bool names_is_fake(const struct endpoint *address)
{
    struct endpoint plain = *address;
    endpoint_unmap(&plain);
    if (plain.length == 0 || endpoint_is_any(&plain))
        return false;
    return network_contains(&settings()->fake4, &plain) || network_contains(&settings()->fake6, &plain);
}

struct name *names_find(const struct endpoint *address)
{
    unsigned long offset = names_is_fake(address) ? offset_of(address) : 0;
    if (offset == 0)
        return NULL;
    struct guard guard;
    guard_enter(&guard, &lock);
    struct name *name = find_offset(offset);
    char text[256];
    bool noted = journal_find(offset, text);
    if (!name && noted)
        name = add(text, offset);
    else if (name && noted && strcmp(name->text, text) != 0)
        /* The family has used up the range, and gave the address away again: it could mean either name. */
        name = NULL;
    if (name)
        used(name);
    guard_leave(&guard);
    return name;
}

void names_hold(struct name *name)
{
    struct guard guard;
    guard_enter(&guard, &lock);
    name->holders++;
    guard_leave(&guard);
}

void names_release(struct name *name)
{
    if (!name)
        return;
    struct guard guard;
    guard_enter(&guard, &lock);
    name->holders--;
    guard_leave(&guard);
}

void names_address(const struct name *name, int family, unsigned port, struct endpoint *address)
{
    const struct network *fake = family == AF_INET ? &settings()->fake4 : &settings()->fake6;
    unsigned char octets[16];
    memcpy(octets, fake->octets, sizeof octets);
    unsigned char *low = octets + (family == AF_INET ? 0 : 12);
    uint32_t value = 0;
    for (int i = 0; i < 4; i++)
        value = value << 8 | low[i];
    value += (uint32_t)name->offset;
    for (int i = 3; i >= 0; i--, value >>= 8)
        low[i] = (unsigned char)value;
    endpoint_set(address, family, octets, port);
}

void names_before_fork(void)
{
    pthread_mutex_lock(&lock);
    journal_begin(last_offset);
}

void names_after_fork(void)
{
    pthread_mutex_unlock(&lock);
}
