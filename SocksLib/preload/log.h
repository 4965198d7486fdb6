/* What the library has to say, on a descriptor of its own: the program may close or reuse descriptor 2. */
#pragma once

#include <stdbool.h>

enum log_level { LOG_OFF, LOG_ERROR, LOG_INFO, LOG_DEBUG };

/*
 * LEVEL or LEVEL:FILE, as in SOCKS64_LOG. NULL means errors, on standard error; a file that cannot be written is reported
 * there. False when the level is none.
 */
bool log_open(const char *setting);

void log_write(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define log_error(...) log_write(LOG_ERROR, __VA_ARGS__)
#define log_info(...) log_write(LOG_INFO, __VA_ARGS__)
#define log_debug(...) log_write(LOG_DEBUG, __VA_ARGS__)
