/* NeuroMCU, MIT licence. See LICENSE in the repository root. */

/*
 * Gives pseudo-terminals what libserialport asks of a serial port and Linux does not have for them: an entry under /sys/class/tty and modem
 * lines (two of them, which can be set and read). Loaded with LD_PRELOAD, so that the unchanged library drives a virtual device. Every
 * change of a modem line is counted in the file that MODEM_LINES names: opening a port must not toggle DTR or RTS one after the other.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

static const char prefix[] = "/sys/class/tty/pts/";

/* The kernel raises both lines at once when a port is opened. */
static int lines = TIOCM_DTR | TIOCM_RTS;

static void change(int now)
{
    if (now != lines) {
        const char *name = getenv("MODEM_LINES");
        FILE *file = name ? fopen(name, "a") : NULL;
        if (file) {
            fprintf(file, "%x\n", now);
            fclose(file);
        }
        lines = now;
    }
}

int lstat(const char *path, struct stat *result)
{
    static int (*next)(const char *, struct stat *);
    if (!next)
        next = dlsym(RTLD_NEXT, "lstat");
    if (strncmp(path, prefix, sizeof(prefix) - 1) != 0)
        return next(path, result);
    memset(result, 0, sizeof(*result));
    result->st_mode = S_IFLNK | 0777;
    return 0;
}

/* What lstat was called before glibc 2.33, by which older builds of libserialport still call it. */
int __lxstat(int version, const char *path, struct stat *result)
{
    (void)version;
    return lstat(path, result);
}

ssize_t readlink(const char *path, char *buffer, size_t size)
{
    static ssize_t (*next)(const char *, char *, size_t);
    static const char target[] = "../../devices/virtual/tty/pts";
    if (!next)
        next = dlsym(RTLD_NEXT, "readlink");
    if (strncmp(path, prefix, sizeof(prefix) - 1) != 0)
        return next(path, buffer, size);
    size_t length = sizeof(target) - 1 < size ? sizeof(target) - 1 : size;
    memcpy(buffer, target, length);
    return length;
}

int ioctl(int descriptor, unsigned long request, ...)
{
    static int (*next)(int, unsigned long, ...);
    va_list arguments;
    va_start(arguments, request);
    void *argument = va_arg(arguments, void *);
    va_end(arguments);
    if (!next)
        next = dlsym(RTLD_NEXT, "ioctl");
    if (isatty(descriptor)) {
        switch (request) {
        case TIOCMGET:
            *(int *)argument = lines;
            return 0;
        case TIOCMSET:
            change(*(int *)argument);
            return 0;
        case TIOCMBIS:
            change(lines | *(int *)argument);
            return 0;
        case TIOCMBIC:
            change(lines & ~*(int *)argument);
            return 0;
        }
    }
    return next(descriptor, request, argument);
}
