/*
 * What the processes of a family tell each other: the names that each of them registered after a fork. Programs exist
 * that look names up in a child and connect in its parent (lftp, irssi, elinks). It is memory that they share, from
 * the first fork on; an exec leaves the family.
 */
#pragma once

#include <stdbool.h>

/* Before a fork. `last` is the offset that was given out last. */
void journal_begin(unsigned long last);

/* The next offset in turn, 1 to range, counted for the whole family; `last` is this process's own count. */
unsigned long journal_next(unsigned long last, unsigned long range);

/* Tells the others, if there can be any. */
void journal_note(unsigned long offset, const char *text);

/* The name that any of them registered last at an offset; false when none did, or too long ago. */
bool journal_find(unsigned long offset, char text[256]);
