/*
 * Putting another open socket under the descriptors that the program holds, without its event loops noticing:
 * all duplicates get it, with their close-on-exec flags, the file status flags, and their places in epoll instances.
 */
#pragma once

#include "table.h"

/* With the slot's lock held. Takes `fd` over: it is closed in any case. */
void swap_in(struct slot *slot, int fd);

/* Sets on `to` the socket options that programs set before they connect, as they stand on `from`. */
void swap_copy_options(int from, int to);
