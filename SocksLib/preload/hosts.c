#include "hosts.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

bool hosts_is_loopback_name(const char *name)
{
    static const char *const words[] = {"localhost", "localhost.localdomain", "ip6-localhost", "ip6-loopback"};
    size_t length = strlen(name);
    if (length > 0 && name[length - 1] == '.')
        length--;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (length == strlen(words[i]) && strncasecmp(name, words[i], length) == 0)
            return true;
    return length > 10 && strncasecmp(name + length - 10, ".localhost", 10) == 0;
}

/* Takes the next word off a line of the file; NULL at its end or at a comment. */
static char *next_word(char **rest)
{
    char *word = *rest + strspn(*rest, " \t\r\n");
    if (*word == '\0' || *word == '#')
        return NULL;
    char *end = word + strcspn(word, " \t\r\n#");
    *rest = *end && *end != '#' ? end + 1 : end;
    *end = '\0';
    return word;
}

static bool parse_address(const char *word, struct endpoint *address)
{
    struct network single;
    if (!network_parse(word, strlen(word), &single))
        return false;
    endpoint_set(address, single.family, single.octets, 0);
    return true;
}

static bool find_in_file(const char *name, int family, struct endpoint *address)
{
    FILE *file = fopen("/etc/hosts", "re");
    if (!file)
        return false;
    char line[1024];
    bool found = false;
    while (!found && fgets(line, sizeof line, file)) {
        char *rest = line, *word = next_word(&rest);
        struct endpoint candidate;
        if (!word || !parse_address(word, &candidate))
            continue;
        if (family != AF_UNSPEC && candidate.any.sa_family != family)
            continue;
        while (!found && (word = next_word(&rest)))
            found = strcasecmp(word, name) == 0;
        if (found)
            *address = candidate;
    }
    fclose(file);
    return found;
}

bool hosts_find(const char *name, int family, struct endpoint *address)
{
    if (find_in_file(name, family, address))
        return true;
    if (!hosts_is_loopback_name(name))
        return false;
    static const unsigned char loopback4[4] = {127, 0, 0, 1}, loopback6[16] = {[15] = 1};
    if (family == AF_INET6)
        endpoint_set(address, AF_INET6, loopback6, 0);
    else
        endpoint_set(address, AF_INET, loopback4, 0);
    return true;
}

bool hosts_name(const struct endpoint *address, char *name, size_t size)
{
    struct endpoint wanted = *address;
    endpoint_set_port(&wanted, 0);
    FILE *file = fopen("/etc/hosts", "re");
    if (!file)
        return false;
    char line[1024];
    bool found = false;
    while (!found && fgets(line, sizeof line, file)) {
        char *rest = line, *word = next_word(&rest);
        struct endpoint candidate;
        if (!word || !parse_address(word, &candidate) || !endpoint_equals(&candidate, &wanted))
            continue;
        word = next_word(&rest);
        found = word && strlen(word) < size;
        if (found)
            strcpy(name, word);
    }
    fclose(file);
    return found;
}
