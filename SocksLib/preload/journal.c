#include "journal.h"

#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

#define ENTRIES 16384

/* Written by whoever makes the version odd; one who dies in between leaves the entry unreadable, and no lock. */
struct entry {
    atomic_ulong version, offset;
    char text[256];
};

struct journal {
    atomic_ulong last;
    struct entry entries[ENTRIES];
};

static struct journal *journal;

void journal_begin(unsigned long last)
{
    if (journal)
        return;
    void *memory = mmap(NULL, sizeof *journal, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return;
    journal = memory;
    journal->last = last;
}

unsigned long journal_next(unsigned long last, unsigned long range)
{
    if (!journal)
        return last % range + 1;
    return atomic_fetch_add(&journal->last, 1) % range + 1;
}

void journal_note(unsigned long offset, const char *text)
{
    struct entry *entry = journal ? &journal->entries[offset % ENTRIES] : NULL;
    unsigned long version = entry ? atomic_load(&entry->version) : 1;
    if (version & 1 || !atomic_compare_exchange_strong(&entry->version, &version, version + 1))
        return;
    entry->offset = offset;
    strncpy(entry->text, text, sizeof entry->text - 1);
    atomic_store(&entry->version, version + 2);
}

bool journal_find(unsigned long offset, char text[256])
{
    struct entry *entry = journal ? &journal->entries[offset % ENTRIES] : NULL;
    unsigned long version = entry ? atomic_load(&entry->version) : 1;
    if (version & 1 || entry->offset != offset)
        return false;
    memcpy(text, entry->text, sizeof entry->text);
    return atomic_load(&entry->version) == version && text[0];
}
