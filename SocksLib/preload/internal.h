/*
 * Descriptors of the library's own that live long. They sit at high numbers, and the program can neither close them
 * (as a daemon that closes everything would) nor put something else in their place.
 */
#pragma once

/* Stores a high, close-on-exec duplicate of `fd` in *home, which must outlive it. The original stays open. */
void internal_keep(int *home, int fd);

/* Protects `fd` where it is, inheritable as it is. */
void internal_guard(int *home, int fd);

/* Closes it and stores -1. */
void internal_close(int *home);

/* CLOSED int fd = ...; is closed at the end of its scope, also when the thread is cancelled there. */
void internal_closed(int *fd);
#define CLOSED __attribute__((cleanup(internal_closed)))

/*
 * A high, close-on-exec duplicate for what lives as long as one connect: protected, but tied to its number. -1 and errno
 * on failure.
 */
int internal_duplicate(int fd);

/* Closes one. */
void internal_release(int fd);
